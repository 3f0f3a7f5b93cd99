package io.cartwheel.core.version;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One key at several replicas under a random schedule, kept twice: as version sets and as causal
 * histories.
 *
 * <p>Replicas coordinate writes with contexts that clients got from reads of any replicas, recent
 * or long ago; states travel late, repeatedly and in any order; replicas restart and lose the key.
 */
final class ModelledKey {
  private static final int REPLICAS = 3;
  private static final int CLIENTS = 3;

  private final SplittableRandom random;
  private final CausalHistories histories = new CausalHistories();
  private final List<Dot> dots = new ArrayList<>();
  private final Replica[] replicas = new Replica[REPLICAS];
  private final Seen[] contexts = new Seen[CLIENTS];
  private final List<Seen> travelling = new ArrayList<>();
  private final boolean epochsOutliveLoss;
  private long starts;

  /** A state with the writes that it stands for. */
  record Seen(VersionSet state, BitSet heardOf) {
    static final Seen NOTHING = new Seen(VersionSet.EMPTY, new BitSet());

    Seen merge(Seen that) {
      return new Seen(state.merge(that.state), CausalHistories.union(heardOf, that.heardOf));
    }
  }

  /** One shard's copy, with the epoch that it goes on with. */
  private static final class Replica {
    private Seen seen = Seen.NOTHING;
    private long start;
    private long counter;
    private long first;
  }

  /**
   * A key that nobody has written yet.
   *
   * @param epochsOutliveLoss whether a replica that lost the key goes on counting as if it had not:
   *     the mistake that epochs prevent
   */
  ModelledKey(SplittableRandom random, boolean epochsOutliveLoss) {
    this.random = random;
    this.epochsOutliveLoss = epochsOutliveLoss;
    for (int i = 0; i < REPLICAS; i++) {
      replicas[i] = new Replica();
      restart(replicas[i]);
    }
    for (int i = 0; i < CLIENTS; i++) {
      contexts[i] = Seen.NOTHING;
    }
  }

  /** Lets something happen, and compares what it changed with the reference. */
  void step() {
    Replica replica = replicas[random.nextInt(REPLICAS)];
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> write(replica, contexts[random.nextInt(CLIENTS)]);
      case 3 -> write(replica, Seen.NOTHING);
      case 4, 5 -> contexts[random.nextInt(CLIENTS)] = read();
      case 6 -> travelling.add(replica.seen);
      case 7, 8 -> {
        if (!travelling.isEmpty()) {
          replica.seen = replica.seen.merge(travelling.get(random.nextInt(travelling.size())));
        }
      }
      default -> {
        if (random.nextBoolean()) {
          restart(replica);
        } else {
          lose(replica);
        }
      }
    }
    compare(replica.seen);
  }

  /** Each replica hears of what all others hold. */
  void converge() {
    Seen all = Seen.NOTHING;
    for (Replica replica : replicas) {
      all = replica.seen.merge(all);
    }
    compare(all);
  }

  private void write(Replica replica, Seen context) {
    if (replica.first == 0) {
      replica.first = replica.counter + 1;
    }
    var dot = new Dot(new Epoch(replica.start, replica.first), ++replica.counter);
    int write = histories.write(context.heardOf);
    dots.add(dot);
    BitSet heardOf = CausalHistories.union(replica.seen.heardOf, context.heardOf);
    heardOf.set(write);
    Content content =
        random.nextInt(4) == 0
            ? Content.tombstone(write, Bytes.EMPTY)
            : Content.value(Bytes.utf8("v" + write), Description.NONE, write, Bytes.EMPTY);
    VersionVector seen = context.state.clock();
    replica.seen = new Seen(replica.seen.state.update(seen, new Sibling(dot, content)), heardOf);
  }

  private Seen read() {
    Seen read = Seen.NOTHING;
    for (Replica replica : replicas) {
      if (random.nextBoolean()) {
        read = read.merge(replica.seen);
      }
    }
    return read;
  }

  private void restart(Replica replica) {
    replica.start = ++starts * 0x9E37_79B9_7F4A_7C15L;
    replica.first = 0;
  }

  private void lose(Replica replica) {
    replica.seen = Seen.NOTHING;
    if (!epochsOutliveLoss) {
      replica.first = 0;
    }
  }

  private void compare(Seen seen) {
    var covered = new BitSet();
    for (int write = 0; write < histories.count(); write++) {
      covered.set(write, seen.state.clock().covers(dots.get(write)));
    }
    assertEquals(seen.heardOf, covered, "writes that the clock covers");
    var live = new BitSet();
    for (Sibling sibling : seen.state.siblings()) {
      live.set((int) sibling.content().writtenMillis());
    }
    assertEquals(histories.live(seen.heardOf), live, "live versions");
    assertEquals(live.cardinality(), seen.state.siblings().size(), "each of them once");
  }

  /** Equal sets of writes must be equal states in equal bytes, and others must not. */
  void compareEncodings() throws MalformedException {
    Seen before = replicas[REPLICAS - 1].seen;
    for (Replica replica : replicas) {
      Seen seen = replica.seen;
      boolean equal = seen.heardOf.equals(before.heardOf);
      assertEquals(equal, seen.state.equals(before.state), "equal states");
      assertEquals(equal, seen.state.encoded().equals(before.state.encoded()), "equal bytes");
      assertEquals(seen.state, VersionSet.decode(seen.state.encoded()), "decoded");
      before = seen;
    }
  }

  List<VersionSet> states() {
    return List.of(replicas[0].seen.state, replicas[1].seen.state, replicas[2].seen.state);
  }
}
