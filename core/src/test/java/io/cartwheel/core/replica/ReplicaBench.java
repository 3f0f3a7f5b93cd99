package io.cartwheel.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.Counts;
import io.cartwheel.core.fixture.ScriptedEngine;
import io.cartwheel.core.fixture.VirtualTime;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One replica on a scripted engine, to be asked and restarted. */
final class ReplicaBench {
  static final Address AT = new Address(3, ItemKey.of("carts", "alice"));
  static final Address ELSEWHERE = new Address(3, ItemKey.of("carts", "bob"));
  static final long NEVER = Long.MAX_VALUE;

  final ScriptedEngine engine = new ScriptedEngine();
  final VirtualTime time = new VirtualTime();
  final Counts counts = new Counts();
  private long quotaBytes = Long.MAX_VALUE;
  private HintLedger hints = new HintLedger(quotaBytes);
  private final SplittableRandom random;
  private BucketType type = BucketType.byDefault();
  private Replica replica;

  ReplicaBench() {
    this(new SplittableRandom(42));
  }

  ReplicaBench(SplittableRandom random) {
    this.random = random;
    replica = started();
  }

  private Replica started() {
    return new Replica(engine, new DotMint(random::nextLong), hints, new Stamps(0), time, counts);
  }

  /** The process stops, cleanly or not, and starts again on the same disk. */
  void restart() {
    hints = new HintLedger(quotaBytes);
    replica = started();
  }

  /** A node that keeps so much for others at most. */
  void quota(long bytes) {
    quotaBytes = bytes;
    restart();
  }

  HintLedger hints() {
    return hints;
  }

  void type(BucketType other) {
    type = other;
  }

  Replica replica() {
    return replica;
  }

  LocalWrite write(Content content, VersionVector seen, long deadlineNanos) {
    return new LocalWrite(content, seen, type, List.of(), deadlineNanos);
  }

  /** What comes of a write; the list stays empty as long as nothing has. */
  List<ReplicaOutcome> writing(Address address, Content content, VersionVector seen) {
    return answers(done -> replica.coordinate(address, write(content, seen, NEVER), done));
  }

  ReplicaOutcome outcome(Content content, VersionVector seen) {
    return writing(AT, content, seen).getFirst();
  }

  /** A write that must succeed; the state after it. */
  VersionSet put(Address address, Content content, VersionVector seen) {
    return state(writing(address, content, seen).getFirst());
  }

  VersionSet put(String text, VersionVector seen) {
    return put(AT, Versions.value(text), seen);
  }

  VersionSet merge(VersionSet incoming) {
    return state(
        answers(done -> replica.merge(AT, new Incoming(incoming, List.of(), 0, NEVER), done))
            .getFirst());
  }

  /** What comes of keeping a state for these owners. */
  ReplicaOutcome keep(Address address, VersionSet incoming, MemberId... owners) {
    return answers(
            done -> replica.merge(address, new Incoming(incoming, List.of(owners), 0, NEVER), done))
        .getFirst();
  }

  /** A write that this node coordinates in the place of these owners; the state after it. */
  VersionSet putFor(String text, VersionVector seen, MemberId... owners) {
    var write = new LocalWrite(Versions.value(text), seen, type, List.of(owners), NEVER);
    return state(answers(done -> replica.coordinate(AT, write, done)).getFirst());
  }

  ReplicaOutcome settle(Address address, MemberId owner, VersionSet delivered, boolean keep) {
    return answers(done -> replica.settle(address, owner, delivered, keep, done)).getFirst();
  }

  ReplicaOutcome.Held read() {
    return read(AT);
  }

  ReplicaOutcome.Held read(Address address) {
    return held(answers(done -> replica.read(address, done)).getFirst());
  }

  static List<ReplicaOutcome> answers(Consumer<Consumer<ReplicaOutcome>> call) {
    var answers = new ArrayList<ReplicaOutcome>();
    call.accept(answers::add);
    return answers;
  }

  static ReplicaOutcome.Held held(ReplicaOutcome outcome) {
    assertThat(outcome).isInstanceOf(ReplicaOutcome.Held.class);
    return (ReplicaOutcome.Held) outcome;
  }

  static VersionSet state(ReplicaOutcome outcome) {
    return held(outcome).state();
  }

  /** The record as it lies on the disk, which must be sound. */
  StoredRecord stored(Address address) {
    try {
      return StoredRecord.decode(engine.record(address));
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
