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
 * <p>Segments that differ though none of their keys does are looked at again. If they still do
 * seconds later, a tree is wrong: this member's is then made anew. The other notices the same of
 * its own when it asks.
 */
final class TreeExchange {
  /** Where much is written, something is under way in the same segment time and again. */
  private static final int LOOKS = 4;

  /** No partition has so many: whoever sends more will never come to an end. */
  private static final int MAX_PAGES = 1 << 16;

  private final Round round;
  private final TreeId tree;
  private final KeyRepairs repairs;
  private final Consumer<Result> done;
  private Optional<Segments> again = Optional.empty();
  private Segments differing = new Segments();
  private Segments unexplained = new Segments();
  private boolean foreign;
  private int looks;
  private int pages;

  /** What it came to. */
  enum Result {
    /** All keys were compared. */
    COMPARED,
    /**
     * All keys were compared, but the other has some in this tree that by this one's types aren't.
     */
    UNLIKE,
    /** It came to no end. */
    GIVEN_UP
  }

  /**
   * An exchange about one tree.
   *
   * @param repairs is given the keys that differ
   */
  TreeExchange(Round round, TreeId tree, KeyRepairs repairs, Consumer<Result> done) {
    this.round = round;
    this.tree = tree;
    this.repairs = repairs;
    this.done = done;
  }

  void start() {
    Optional<MerkleTree> ours = round.trees().find(tree);
    if (ours.isEmpty()) {
      done.accept(Result.GIVEN_UP);
      return;
    }
    List<Hash128> branches = ours.get().branches();
    round.ask(
        id -> new Message.CompareBranches(id, tree, branches, OneQuestion.TIMEOUT_MILLIS),
        answer -> {
          if (answer.orElse(null) instanceof Message.BranchesCompared(_, var theirs)) {
            compare(theirs);
          } else {
            done.accept(Result.GIVEN_UP);
          }
        });
  }

  private void compare(List<BranchLeaves> theirs) {
    Optional<MerkleTree> ours = round.trees().find(tree);
    if (ours.isEmpty()) {
      done.accept(Result.GIVEN_UP);
      return;
    }
    differing = new Segments();
    unexplained = new Segments();
    for (BranchLeaves branch : theirs) {
      List<Hash128> leaves = ours.get().leaves(branch.number());
      for (int leaf = 0; leaf < leaves.size(); leaf++) {
        int segment = branch.number() * MerkleTree.LEAVES_PER_BRANCH + leaf;
        boolean same = leaves.get(leaf).equals(branch.leaves().get(leaf));
        if (!same && again.map(chosen -> chosen.contains(segment)).orElse(true)) {
          differing.add(segment);
          unexplained.add(segment);
        }
      }
    }
    if (differing.isEmpty()) {
      end();
    } else {
      listAfter(Optional.empty());
    }
  }

  private void listAfter(Optional<ItemKey> after) {
    round.ask(
        id -> new Message.ListKeys(id, tree, differing, after, OneQuestion.TIMEOUT_MILLIS),
        answer -> {
          if (answer.orElse(null) instanceof Message.KeysListed(_, var keys, var upTo)
              && isPlausible(after, new KeyLister.Page(keys, upTo))) {
            listHere(after, new KeyLister.Page(keys, upTo));
          } else {
            done.accept(Result.GIVEN_UP);
          }
        });
  }

  /** Whether the page has what was asked for, and goes on from there. */
  private boolean isPlausible(Optional<ItemKey> after, KeyLister.Page page) {
    Optional<ItemKey> last = after;
    for (KeyDigest digest : page.keys()) {
      ItemKey key = digest.key();
      boolean wanted = differing.contain(key) && round.trees().isOf(tree.partition(), key);
      if (!wanted || !isBeyond(key, last) || !isWithin(digest, page.upTo())) {
        return false;
      }
      last = Optional.of(key);
    }
    return ++pages <= MAX_PAGES && page.upTo().map(end -> isBeyond(end, after)).orElse(true);
  }

  private static boolean isBeyond(ItemKey key, Optional<ItemKey> last) {
    return last.isEmpty() || !Trees.isUpTo(key, last.get());
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
                done.accept(Result.GIVEN_UP);
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
    unlike.values().forEach(this::found);
    repairs.whenThereIsRoom(() -> goOn(end));
  }

  private void found(KeyDigest digest) {
    unexplained.remove(MerkleTree.segmentOf(digest.key()));
    if (round.trees().isIn(tree, digest.key())) {
      repairs.add(tree.partition(), digest.key());
    } else {
      foreign = true;
    }
  }

  private void goOn(Optional<ItemKey> end) {
    if (end.isPresent()) {
      listAfter(end);
    } else if (unexplained.isEmpty()) {
      end();
    } else if (++looks < LOOKS) {
      again = Optional.of(unexplained);
      round.around().timers().after(KeyRepairs.SECOND_LOOK_NANOS, this::start);
    } else {
      round.trees().check(tree.partition());
      done.accept(Result.GIVEN_UP);
    }
  }

  private void end() {
    done.accept(foreign ? Result.UNLIKE : Result.COMPARED);
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
