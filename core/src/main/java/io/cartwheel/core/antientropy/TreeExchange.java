package io.cartwheel.core.antientropy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.Segments;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.BranchLeaves;
import io.cartwheel.core.message.Message.KeyDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds the keys of one tree in which two members differ: branches, then the leaves of those that
 * differ, then the keys of segments that differ, page by page, both members' side by side.
 *
 * <p>Segments that differ though no key does, and still do seconds later, say that a tree is wrong:
 * this member's is then made anew. The other notices the same of its own when it asks.
 */
final class TreeExchange {
  private static final int LOOKS = 3;

  private final Round round;
  private final TreeId tree;
  private final KeyRepairs repairs;
  private final Consumer<Boolean> done;
  private Segments differing = new Segments();
  private int looks;
  private int found;

  /**
   * An exchange about one tree.
   *
   * @param repairs is given the keys that differ
   * @param done hears whether all keys were compared
   */
  TreeExchange(Round round, TreeId tree, KeyRepairs repairs, Consumer<Boolean> done) {
    this.round = round;
    this.tree = tree;
    this.repairs = repairs;
    this.done = done;
  }

  void start() {
    Optional<MerkleTree> ours = round.trees().find(tree);
    if (ours.isEmpty()) {
      done.accept(false);
      return;
    }
    List<Hash128> branches = ours.get().branches();
    round.ask(
        id -> new Message.CompareBranches(id, tree, branches, OneQuestion.TIMEOUT_MILLIS),
        answer -> {
          if (answer.orElse(null) instanceof Message.BranchesCompared(_, var theirs)) {
            compare(theirs);
          } else {
            done.accept(false);
          }
        });
  }

  private void compare(List<BranchLeaves> theirs) {
    Optional<MerkleTree> ours = round.trees().find(tree);
    if (ours.isEmpty()) {
      done.accept(false);
      return;
    }
    differing = new Segments();
    for (BranchLeaves branch : theirs) {
      List<Hash128> leaves = ours.get().leaves(branch.number());
      for (int leaf = 0; leaf < leaves.size(); leaf++) {
        if (!leaves.get(leaf).equals(branch.leaves().get(leaf))) {
          differing.add(branch.number() * MerkleTree.LEAVES_PER_BRANCH + leaf);
        }
      }
    }
    if (differing.isEmpty()) {
      done.accept(true);
    } else {
      listAfter(Optional.empty());
    }
  }

  private void listAfter(Optional<ItemKey> after) {
    round.ask(
        id -> new Message.ListKeys(id, tree, differing, after, OneQuestion.TIMEOUT_MILLIS),
        answer -> {
          if (answer.orElse(null) instanceof Message.KeysListed(_, var keys, var upTo)) {
            listHere(after, new KeyLister.Page(keys, upTo));
          } else {
            done.accept(false);
          }
        });
  }

  private void listHere(Optional<ItemKey> after, KeyLister.Page theirs) {
    round
        .lister()
        .list(
            tree,
            differing,
            after,
            ours -> {
              if (ours.isPresent()) {
                compare(ours.get(), theirs);
              } else {
                done.accept(false);
              }
            });
  }

  /** Compares as far as both pages reach. */
  private void compare(KeyLister.Page ours, KeyLister.Page theirs) {
    Optional<ItemKey> end = nearer(ours.upTo(), theirs.upTo());
    Map<Bytes, KeyDigest> unlike = new TreeMap<>();
    for (KeyDigest digest : ours.keys()) {
      if (isWithin(digest, end)) {
        unlike.put(digest.key().encoded(), digest);
      }
    }
    int compared = unlike.size();
    for (KeyDigest digest : theirs.keys()) {
      if (isWithin(digest, end)) {
        Bytes name = digest.key().encoded();
        boolean same = digest.equals(unlike.get(name));
        compared += unlike.containsKey(name) ? 0 : 1;
        if (same) {
          unlike.remove(name);
        } else {
          unlike.put(name, digest);
        }
      }
    }
    round.figures().compared(compared);
    found += unlike.size();
    unlike.values().forEach(digest -> repairs.add(tree.partition(), digest.key()));
    repairs.whenThereIsRoom(() -> goOn(end));
  }

  private void goOn(Optional<ItemKey> end) {
    if (end.isPresent()) {
      listAfter(end);
    } else if (found > 0) {
      done.accept(true);
    } else if (++looks < LOOKS) {
      round.around().timers().after(KeyRepairs.SECOND_LOOK_NANOS, this::start);
    } else {
      round.trees().doubt(tree.partition());
      done.accept(false);
    }
  }

  private static boolean isWithin(KeyDigest digest, Optional<ItemKey> end) {
    return end.isEmpty() || Trees.isUpTo(digest.key(), end.get());
  }

  private static Optional<ItemKey> nearer(Optional<ItemKey> one, Optional<ItemKey> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return Trees.isUpTo(one.get(), other.get()) ? one : other;
  }
}
