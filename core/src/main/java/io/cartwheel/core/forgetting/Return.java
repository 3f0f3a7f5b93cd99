package io.cartwheel.core.forgetting;

import io.cartwheel.core.antientropy.OneQuestion;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Asks all others what they forgot since the copy was made with which this member has come back.
 *
 * <p>Of a partition of which another owner does not answer nobody knows: it counts as forgotten. A
 * partition without other owners is only here, and is kept.
 */
final class Return {
  private static final int PATIENCE_MILLIS = 5_000;

  private final Surroundings around;
  private final ClusterView view;
  private final long copyReached;
  private final Consumer<SortedSet<Integer>> done;
  private final Set<MemberId> answered = new LinkedHashSet<>();
  private final SortedSet<Integer> forgotten = new TreeSet<>();
  private int awaited;

  /**
   * The questions of a member that returns.
   *
   * @param copyReached the barrier that its directory had reached
   * @param done hears the partitions of which its copy may hold what was forgotten
   */
  Return(
      Surroundings around, ClusterView view, long copyReached, Consumer<SortedSet<Integer>> done) {
    this.around = around;
    this.view = view;
    this.copyReached = copyReached;
    this.done = done;
  }

  void start() {
    List<MemberId> others = new ArrayList<>(view.ring().members());
    others.remove(view.self());
    awaited = others.size();
    for (MemberId member : others) {
      OneQuestion.ask(
          around,
          member,
          PATIENCE_MILLIS,
          id -> new Message.ForgotQuery(id, copyReached, PATIENCE_MILLIS),
          answer -> {
            if (answer.orElse(null) instanceof Message.ForgotReport(_, List<Integer> partitions)) {
              answered.add(member);
              forgotten.addAll(partitions);
            }
            if (--awaited == 0) {
              end();
            }
          });
    }
  }

  private void end() {
    for (int partition = 0; partition < view.ring().partitions(); partition++) {
      boolean unknown =
          view.ring().owners(partition).stream()
              .anyMatch(owner -> !owner.equals(view.self()) && !answered.contains(owner));
      if (unknown) {
        forgotten.add(partition);
      }
    }
    done.accept(forgotten);
  }
}
