package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sees, before a write has any effect, whether as many members can be reached as its quorum takes;
 * dials those that are not connected when they are needed.
 */
final class Reaching implements Inquiry {
  private final Surroundings around;
  private final PutCoordination.Plan plan;
  private final Consumer<Result> done;
  private final Set<MemberId> reached = new LinkedHashSet<>();
  private final Set<MemberId> dialled = new LinkedHashSet<>();
  private boolean ended;

  /** How it went. */
  sealed interface Result {
    /** These can be reached, and they make a quorum. */
    record Enough(Set<MemberId> members) implements Result {}

    /** Fewer can be reached than one part of the quorum takes; nothing was done. */
    record TooFew(Failure.Unavailable failure) implements Result {}
  }

  Reaching(Surroundings around, PutCoordination.Plan plan, Consumer<Result> done) {
    this.around = around;
    this.plan = plan;
    this.done = done;
  }

  void start() {
    Inquiries inquiries = around.inquiries();
    List<MemberId> eligible = eligible();
    eligible.stream().filter(around.readiness()::isHealthy).forEach(reached::add);
    if (!isEnough()) {
      // A suspicion may be wrong: whoever is connected may yet take it.
      eligible.stream()
          .filter(member -> !reached.contains(member) && inquiries.isConnected(member))
          .forEach(reached::add);
    }
    if (!isEnough()) {
      for (MemberId member : eligible) {
        if (!reached.contains(member)) {
          dialled.add(member);
        }
      }
      List.copyOf(dialled).forEach(member -> inquiries.dial(member, this));
    }
    conclude();
  }

  private List<MemberId> eligible() {
    PreferenceList list = plan.list();
    return plan.quorum().sloppy() ? list.members() : list.primaries();
  }

  @Override
  public void reached(MemberId member) {
    dialled.remove(member);
    reached.add(member);
    conclude();
  }

  @Override
  public void failed(MemberId member) {
    dialled.remove(member);
    conclude();
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    // Nothing is asked.
  }

  private void conclude() {
    if (ended) {
      return;
    }
    if (isEnough()) {
      ended = true;
      done.accept(new Result.Enough(reached));
    } else if (dialled.isEmpty()) {
      ended = true;
      done.accept(new Result.TooFew(shortfall()));
    }
  }

  private boolean isEnough() {
    Quorums.Write quorum = plan.quorum();
    return places() >= quorum.w()
        && reached.size() >= quorum.nodes()
        && (quorum.pw() == 0 || primaries() >= quorum.pw());
  }

  private Failure.Unavailable shortfall() {
    Quorums.Write quorum = plan.quorum();
    if (places() < quorum.w()) {
      return new Failure.Unavailable(quorum.w(), places(), false);
    }
    return primaries() < quorum.pw()
        ? new Failure.Unavailable(quorum.pw(), primaries(), false, true)
        : new Failure.Unavailable(quorum.nodes(), reached.size(), false);
  }

  /** How many owners' places can be filled. */
  private int places() {
    return Math.min(reached.size(), plan.quorum().owners());
  }

  private int primaries() {
    return (int) reached.stream().filter(plan.list()::isPrimary).count();
  }
}
