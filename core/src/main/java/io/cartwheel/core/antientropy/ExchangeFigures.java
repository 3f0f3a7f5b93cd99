package io.cartwheel.core.antientropy;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.merkle.Segments;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.KeyDigest;
import io.cartwheel.core.version.VersionSet;

/** What a shard's exchanges came to since its start. */
public final class ExchangeFigures {
  /** The number of a tree: its partition and its owners. */
  private static final int TREE_BYTES = 6;

  private long rounds;
  private long failedRounds;
  private long keysCompared;
  private long keysDiffering;
  private long keysRepaired;
  private long bytes;

  /**
   * A moment's figures.
   *
   * @param rounds exchanges with one other shard that came to their end
   * @param failedRounds those that did not
   * @param keysCompared keys whose hashes were compared
   * @param keysDiffering those that still differed at the second look
   * @param keysRepaired those that were made equal
   * @param bytes the payload that was asked and answered: hashes, keys, states
   */
  public record Sum(
      long rounds,
      long failedRounds,
      long keysCompared,
      long keysDiffering,
      long keysRepaired,
      long bytes) {}

  public Sum sum() {
    return new Sum(rounds, failedRounds, keysCompared, keysDiffering, keysRepaired, bytes);
  }

  void ended(boolean complete) {
    if (complete) {
      rounds++;
    } else {
      failedRounds++;
    }
  }

  void compared(int keys) {
    keysCompared += keys;
  }

  void differed() {
    keysDiffering++;
  }

  void repaired() {
    keysRepaired++;
  }

  /** Counts the payload of what goes out or comes in. */
  void moved(Message message) {
    bytes +=
        switch (message) {
          case Message.CompareRoots roots ->
              (long) roots.trees().size() * (TREE_BYTES + Hash128.BYTES);
          case Message.RootsCompared roots -> roots.trees().size();
          case Message.CompareBranches branches ->
              TREE_BYTES + (long) branches.branches().size() * Hash128.BYTES;
          case Message.BranchesCompared compared ->
              compared.differing().stream()
                  .mapToLong(branch -> 1 + (long) branch.leaves().size() * Hash128.BYTES)
                  .sum();
          case Message.ListKeys keys ->
              TREE_BYTES + Segments.BYTES + keys.after().map(ExchangeFigures::bytes).orElse(0);
          case Message.KeysListed listed ->
              (long) listed.keys().encoded().length()
                  + listed.upTo().map(ExchangeFigures::bytes).orElse(0);
          case Message.ReplicaGet get -> bytes(get.key());
          case Message.ReplicaState state -> bytes(state.state());
          case Message.ReplicaPut put -> bytes(put.key()) + (long) bytes(put.state());
          default -> 0;
        };
  }

  static int bytes(KeyDigest digest) {
    return bytes(digest.key()) + Hash128.BYTES;
  }

  private static int bytes(ItemKey key) {
    return key.encoded().length();
  }

  private static int bytes(VersionSet state) {
    return state.isEmpty() ? 0 : state.encoded().length();
  }
}
