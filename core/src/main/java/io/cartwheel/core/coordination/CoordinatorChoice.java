package io.cartwheel.core.coordination;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who may coordinate a write, in the order in which they are tried, each once.
 *
 * <p>Healthy owners: the preferred one (Dynamo §5), this one if it may, the rest as they answer.
 * Then owners not tried yet. Then whoever stands in (§4.6): this one if it is among the first N
 * healthy. At last the owners that are suspected.
 */
final class CoordinatorChoice {
  private final List<MemberId> left;

  CoordinatorChoice(Inquiries inquiries, PutCoordination.Plan plan) {
    left = new ArrayList<>(order(inquiries, plan));
  }

  private static Set<MemberId> order(Inquiries inquiries, PutCoordination.Plan plan) {
    PreferenceList list = plan.list();
    Readiness readiness = inquiries.readiness();
    var order = new LinkedHashSet<MemberId>();
    list.primaries().stream()
        .filter(owner -> owner.value() == plan.request().preferredCoordinator())
        .filter(readiness::isHealthy)
        .forEach(order::add);
    List<MemberId> owners = readiness.order(list.primaries());
    owners.stream().filter(owner -> !readiness.isSuspect(owner)).forEach(order::add);
    if (plan.quorum().sloppy()) {
      List<MemberId> standIns =
          list.members().stream().filter(readiness::isHealthy).limit(list.owners()).toList();
      if (standIns.contains(inquiries.self())) {
        order.add(inquiries.self());
      }
      order.addAll(standIns);
    }
    order.addAll(owners);
    return order;
  }

  /** The next one to try. */
  Optional<MemberId> next() {
    return left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst());
  }

  /** One that was taken, but not tried, goes first again. */
  void putBack(MemberId member) {
    left.addFirst(member);
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  /** Leaves all others out. */
  void keepOnly(Predicate<MemberId> worthTrying) {
    left.removeIf(worthTrying.negate());
  }
}
