package io.cartwheel.core.antientropy;

import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Likeness;
import io.cartwheel.core.message.Message.TreeRoot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/**
 * One round of anti-entropy between this shard and another member: compares the roots of all trees
 * that both have, and brings together what differs, both ways (Dynamo §4.7).
 */
final class Exchange {
  private final Round round;
  private final Consumer<Outcome> done;
  private final KeyRepairs repairs;
  private final Queue<List<TreeRoot>> questions = new ArrayDeque<>();
  private final Queue<TreeId> differing = new ArrayDeque<>();
  private boolean complete = true;
  private boolean unlike;

  /**
   * What a round came to.
   *
   * @param complete whether everything was compared, and what differed made equal
   * @param differing how many keys differed
   * @param repaired how many of them do no more
   * @param unlike whether the other has other trees, so that it can't be complete before bucket
   *     types are the same at both
   */
  record Outcome(boolean complete, int differing, int repaired, boolean unlike) {}

  /**
   * A round.
   *
   * @param groupOf of a partition: those of one group belong to one shard, whatever the number of
   *     the other member's shards
   */
  Exchange(Round round, IntUnaryOperator groupOf, Consumer<Outcome> done) {
    this.round = round;
    this.done = done;
    repairs = new KeyRepairs(round);
    questions.addAll(questions(groupOf));
  }

  private Collection<List<TreeRoot>> questions(IntUnaryOperator groupOf) {
    var groups = new TreeMap<Integer, List<TreeRoot>>();
    var full = new ArrayList<List<TreeRoot>>();
    for (TreeId tree : round.trees().sharedWith(round.peer())) {
      var root = round.trees().find(tree).map(found -> new TreeRoot(tree, found.root()));
      complete &= root.isPresent();
      root.ifPresent(known -> {
        int group = groupOf.applyAsInt(tree.partition());
        List<TreeRoot> question = groups.computeIfAbsent(group, _ -> new ArrayList<>());
        question.add(known);
        if (question.size() == Message.CompareRoots.MAX_TREES) {
          full.add(groups.remove(group));
        }
      });
    }
    full.addAll(groups.values());
    return full;
  }

  void start() {
    List<TreeRoot> question = questions.poll();
    if (question == null) {
      nextTree();
      return;
    }
    round.ask(
        id -> new Message.CompareRoots(id, question, OneQuestion.TIMEOUT_MILLIS),
        answer -> {
          if (answer.orElse(null) instanceof Message.RootsCompared(_, var likeness)
              && likeness.size() == question.size()) {
            note(question, likeness);
            start();
          } else {
            giveUp();
          }
        });
  }

  private void note(List<TreeRoot> question, List<Likeness> likeness) {
    for (int i = 0; i < question.size(); i++) {
      switch (likeness.get(i)) {
        case SAME -> {}
        case DIFFERENT -> differing.add(question.get(i).tree());
        case NOT_READY -> complete = false;
        case NOT_SHARED -> unlike = true;
      }
    }
  }

  private void nextTree() {
    TreeId tree = differing.poll();
    if (tree == null) {
      repairs.whenFinished(this::end);
      return;
    }
    new TreeExchange(
            round,
            tree,
            repairs,
            result -> {
              complete &= result != TreeExchange.Result.GIVEN_UP;
              unlike |= result == TreeExchange.Result.UNLIKE;
              if (result != TreeExchange.Result.GIVEN_UP || isHealthy()) {
                nextTree();
              } else {
                giveUp();
              }
            })
        .start();
  }

  private boolean isHealthy() {
    return round.around().readiness().healthOf(round.peer()) == Health.HEALTHY;
  }

  /** The other does not answer: what was found is still repaired. */
  private void giveUp() {
    complete = false;
    questions.clear();
    differing.clear();
    repairs.whenFinished(this::end);
  }

  private void end() {
    boolean all = complete && !unlike && repairs.failed() == 0;
    round.figures().ended(all);
    done.accept(new Outcome(all, repairs.differing(), repairs.repaired(), unlike));
  }
}
