package io.cartwheel.core.antientropy;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.background.AdmissionController;
import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.coordination.Inquiries;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.fixture.Counts;
import io.cartwheel.core.fixture.ScriptedEngine;
import io.cartwheel.core.fixture.VirtualTime;
import io.cartwheel.core.fixture.Wire;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.message.Message.ReplicaGet;
import io.cartwheel.core.message.Message.ReplicaPut;
import io.cartwheel.core.message.Message.ReplicaState;
import io.cartwheel.core.message.Message.ReplicaStored;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.DotMint;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.Incoming;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.Versions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A key that differs is looked at again before it is repaired: writes on their way differ for a
 * moment. Repairing them at once would lose nothing, for states are only merged, so no simulated
 * promise breaks without it; it would send every busy key twice.
 */
class SecondLookTest {
  private static final MemberId A = new MemberId(1);
  private static final MemberId B = new MemberId(2);
  private static final ItemKey KEY = ItemKey.of("carts", "alice");
  private static final VersionSet OLD = Versions.alone(Versions.dot(7, 1), Versions.value("old"));
  private static final VersionSet NEW =
      OLD.update(OLD.clock(), Versions.sibling(Versions.dot(7, 2), Versions.value("new")));
  private static final long SECOND_LOOK_MILLIS = KeyRepairs.SECOND_LOOK_NANOS / 1_000_000;

  private final VirtualTime time = new VirtualTime();
  private final Counts counts = new Counts();
  private final Wire wire = new Wire();
  private final Inquiries inquiries = new Inquiries(A, wire, time, new Stamps(0), (_, _) -> {});
  private final ScriptedEngine engine = new ScriptedEngine();
  private final Replica replica =
      new Replica(
          engine,
          new DotMint(new SplittableRandom(42)::nextLong),
          new HintLedger(Long.MAX_VALUE),
          new Stamps(0),
          time,
          counts);
  private final KeyRepairs repairs = new KeyRepairs(round());

  private Round round() {
    wire.connect(B);
    inquiries.connected(B);
    var background = new AdmissionController(time, time);
    var around = new Surroundings(time, time, counts, inquiries, background);
    var trees = new Trees(SecondLookTest::view, List.of(0), _ -> {});
    var lister = new KeyLister(engine, background, trees, replica);
    return new Round(
        around, new Questions(around), trees, lister, replica, new ExchangeFigures(), B, 5);
  }

  private static ClusterView view() {
    var types = new TreeMap<Bytes, BucketType>();
    types.put(ItemKey.DEFAULT_TYPE, BucketType.byDefault());
    return new ClusterView(42, A, new Ring(5, List.of(List.of(A, B))), types, false);
  }

  private void holds(VersionSet state) {
    replica.merge(new Address(0, KEY), new Incoming(state, List.of(), 0, Incoming.NEVER), _ -> {});
  }

  private void othersHas(VersionSet state) {
    var get = wire.take(B, ReplicaGet.class);
    inquiries.replied(B, new ReplicaState(get.id(), state, false, 0));
  }

  @Test
  void aKeyIsNotAskedForBeforeTheWritesOfTheMomentHaveEnded() {
    holds(NEW);
    repairs.add(0, KEY);
    time.pass(SECOND_LOOK_MILLIS - 1);
    assertThat(wire.underWay()).isEmpty();

    time.pass(1);
    assertThat(wire.underWay()).hasSize(1);
  }

  @Test
  void aKeyThatAgreesByThenIsLeftAlone() {
    holds(NEW);
    repairs.add(0, KEY);
    time.pass(SECOND_LOOK_MILLIS);
    int writes = engine.writes();
    othersHas(NEW);

    assertThat(wire.underWay()).isEmpty();
    assertThat(engine.writes()).isEqualTo(writes);
    assertThat(counts.of(Event.SECOND_LOOK_AGREED)).isEqualTo(1);
    assertThat(repairs.differing()).isZero();
  }

  @Test
  void aKeyThatStillDiffersIsMadeEqual() {
    holds(NEW);
    repairs.add(0, KEY);
    time.pass(SECOND_LOOK_MILLIS);
    othersHas(OLD);

    var put = wire.take(B, ReplicaPut.class);
    assertThat(put.state()).isEqualTo(NEW);
    inquiries.replied(B, new ReplicaStored(put.id(), true));
    assertThat(repairs.differing()).isEqualTo(1);
    assertThat(counts.of(Event.SECOND_LOOK_AGREED)).isZero();
  }
}
