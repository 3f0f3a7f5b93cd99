package io.cartwheel.core.handoff;

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
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.Message.ReplicaPut;
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
import org.junit.jupiter.api.BeforeEach;

/**
 * A, which stands in for B, C and D, with its hints and the owners' answers in the hand of the
 * test.
 */
abstract class HandoffBench {
  static final MemberId A = new MemberId(1);
  static final MemberId B = new MemberId(2);
  static final MemberId C = new MemberId(3);
  static final MemberId D = new MemberId(4);
  static final VersionSet STATE = Versions.alone(Versions.dot(9, 9), Versions.value("theirs"));
  static final VersionSet MORE = Versions.alone(Versions.dot(8, 8), Versions.value("more"));
  static final ItemKey ALICE = ItemKey.of("carts", "alice");

  final SplittableRandom random = new SplittableRandom(42);
  final VirtualTime time = new VirtualTime();
  final Counts counts = new Counts();
  final ScriptedEngine engine = new ScriptedEngine();
  final Wire wire = new Wire();
  List<MemberId> owners = List.of(B, C, D);
  Inquiries inquiries = new Inquiries(A, wire, time, new Stamps(0), (_, _) -> {});
  AdmissionController background = new AdmissionController(time, time);
  HintLedger ledger = new HintLedger(Long.MAX_VALUE);
  Replica replica = replica();

  @BeforeEach
  void started() {
    start(1_000);
  }

  Replica replica() {
    return new Replica(engine, new DotMint(random::nextLong), ledger, new Stamps(0), time, counts);
  }

  HintDelivery start(int perSecond) {
    var around = new Surroundings(time, time, counts, inquiries, background);
    var delivery = new HintDelivery(around, replica, ledger, this::view, perSecond);
    delivery.start();
    return delivery;
  }

  /** With an empty ledger, which the delivery that was started before knows nothing of. */
  HintDelivery startAnew(int perSecond) {
    ledger = new HintLedger(Long.MAX_VALUE);
    replica = replica();
    return start(perSecond);
  }

  ClusterView view() {
    var types = new TreeMap<Bytes, BucketType>();
    types.put(Bytes.utf8(BucketType.DEFAULT_NAME), BucketType.byDefault());
    return new ClusterView(42, A, new Ring(5, List.of(owners)), types, false);
  }

  static Address at(ItemKey key) {
    return new Address(0, key);
  }

  void keep(ItemKey key, VersionSet state, MemberId... owed) {
    replica.merge(at(key), new Incoming(state, List.of(owed), 0, Incoming.NEVER), _ -> {});
  }

  void alive(MemberId... members) {
    for (MemberId member : members) {
      inquiries.connected(member);
    }
  }

  /** Time passes while these members answer whatever else they are asked. */
  void pass(long millis, MemberId... living) {
    for (long left = millis; left > 0; left -= 50) {
      time.pass(Math.min(left, 50));
      for (MemberId member : living) {
        inquiries.replied(member, new Message.Alive(0, false));
      }
    }
  }

  List<ItemKey> sentTo(MemberId member) {
    return wire.underWay().stream()
        .filter(sent -> sent.to().equals(member))
        .map(sent -> ((ReplicaPut) sent.request()).key())
        .toList();
  }

  /** The member says so to the oldest that it was sent. */
  void refuses(MemberId member, Refusal refusal) {
    var put = wire.take(member, ReplicaPut.class);
    inquiries.replied(member, new Message.Refused(put.id(), refusal));
  }

  VersionSet takes(MemberId member, boolean durable) {
    var put = wire.take(member, ReplicaPut.class);
    inquiries.replied(member, new Message.ReplicaStored(put.id(), durable));
    return put.state();
  }
}
