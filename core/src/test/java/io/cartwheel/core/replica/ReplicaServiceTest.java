package io.cartwheel.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Detail;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplicaServiceTest {
  private static final MemberId SELF = new MemberId(1);
  private static final MemberId OTHER = new MemberId(2);
  private static final ItemKey KEY = ItemKey.of("carts", "alice");
  private static final VersionSet STATE =
      Versions.alone(Versions.dot(9, 9), Versions.value("theirs"));

  private final ReplicaBench bench = new ReplicaBench();
  private final List<Long> losses = new ArrayList<>();
  private final List<Message.Reply> replies = new ArrayList<>();
  private ClusterView view = view(List.of(OTHER, SELF), false);
  private final ReplicaService service =
      new ReplicaService(
          bench.replica(), bench.time, new Stamps(0), () -> view, (_, mark) -> losses.add(mark));

  /** Two partitions, so that a wrong one would show. */
  private static ClusterView view(List<MemberId> owners, boolean recovering) {
    var types = new TreeMap<Bytes, BucketType>();
    var ring = new Ring(5, List.of(owners, owners));
    return new ClusterView(42, SELF, ring, types, recovering);
  }

  private Message.Reply get(Detail detail) {
    service.get(new Message.ReplicaGet(7, KEY, 5, detail, false, 1_000), replies::add);
    return replies.getLast();
  }

  private Message.Reply put(VersionSet state, int timeoutMillis) {
    service.put(
        new Message.ReplicaPut(8, KEY, 5, state, List.of(), 0, timeoutMillis), replies::add);
    return replies.getLast();
  }

  private Message.Reply standIn(Detail detail) {
    service.get(new Message.ReplicaGet(7, KEY, 5, detail, true, 1_000), replies::add);
    return replies.getLast();
  }

  private Message.Reply keep(VersionSet state, MemberId... owners) {
    service.put(new Message.ReplicaPut(8, KEY, 5, state, List.of(owners), 0, 1_000), replies::add);
    return replies.getLast();
  }

  private Address address() {
    return new Address(view.partitionOf(KEY), KEY);
  }

  @Test
  void aKeyThatIsNotThereIsAnEmptyState() {
    assertThat(get(Detail.FULL)).isEqualTo(new Message.ReplicaState(7, VersionSet.EMPTY, false, 0));
    assertThat(get(Detail.DIGEST))
        .isEqualTo(new Message.ReplicaDigest(7, VersionSet.EMPTY.hash(), false, 0));
  }

  @Test
  void whatIsPutIsStoredInItsPartitionAndGot() {
    assertThat(put(STATE, 1_000)).isEqualTo(new Message.ReplicaStored(8, true));
    assertThat(bench.stored(address()).state()).isEqualTo(STATE);
    assertThat(get(Detail.FULL)).isEqualTo(new Message.ReplicaState(7, STATE, false, 0));
    assertThat(get(Detail.DIGEST)).isEqualTo(new Message.ReplicaDigest(7, STATE.hash(), false, 0));
  }

  @Test
  void aMemberThatIsNoOwnerSaysSoAndNeverNotFound() {
    view = view(List.of(OTHER), false);

    assertThat(get(Detail.FULL)).isEqualTo(new Message.Refused(7, Refusal.NOT_OWNER));
    assertThat(put(STATE, 1_000)).isEqualTo(new Message.Refused(8, Refusal.NOT_OWNER));
    assertThat(bench.engine.reads() + bench.engine.writes()).isZero();
  }

  /** Dynamo §4.6: who stands in tells what it keeps for others. */
  @Test
  void whoIsAskedToStandInKeepsAndTellsWhatBelongsToOwners() {
    view = view(List.of(OTHER), false);

    assertThat(keep(STATE, OTHER)).isEqualTo(new Message.ReplicaStored(8, true));
    assertThat(bench.stored(address()).owed()).containsExactly(OTHER);
    assertThat(standIn(Detail.FULL)).isEqualTo(new Message.ReplicaState(7, STATE, true, 0));
    assertThat(standIn(Detail.DIGEST))
        .isEqualTo(new Message.ReplicaDigest(7, STATE.hash(), true, 0));
    assertThat(get(Detail.FULL)).isEqualTo(new Message.Refused(7, Refusal.NOT_OWNER));
  }

  /** It knows only what happened since it stood in, so its "nothing" is not the whole truth. */
  @Test
  void aStandInsNothingIsNeverTheWholeTruth() {
    view = view(List.of(OTHER), false);

    assertThat(standIn(Detail.FULL))
        .isEqualTo(new Message.ReplicaState(7, VersionSet.EMPTY, true, 0));
    assertThat(losses).isEmpty();
  }

  /** Which owners a partition has for a type depends on the type's n. */
  @Test
  void aMemberBeyondTheTypesNIsAStandInThoughOtherTypesAreItsOwn() {
    var usual = BucketType.byDefault();
    var types = new TreeMap<Bytes, BucketType>();
    types.put(
        Bytes.utf8(usual.name()),
        new BucketType(
            usual.name(), 1, usual.quorums(), usual.policy(), usual.fanout(), usual.limits()));
    var owners = List.of(OTHER, SELF);
    view = new ClusterView(42, SELF, new Ring(5, List.of(owners, owners)), types, false);

    assertThat(get(Detail.FULL)).isEqualTo(new Message.Refused(7, Refusal.NOT_OWNER));
    assertThat(put(STATE, 1_000)).isEqualTo(new Message.Refused(8, Refusal.NOT_OWNER));
    assertThat(standIn(Detail.FULL))
        .isEqualTo(new Message.ReplicaState(7, VersionSet.EMPTY, true, 0));
    assertThat(keep(STATE, SELF)).isEqualTo(new Message.Refused(8, Refusal.NOT_OWNER));
  }

  @Test
  void nothingIsKeptForWhoIsNoOwner() {
    view = view(List.of(OTHER), false);

    assertThat(keep(STATE, OTHER, new MemberId(9)))
        .isEqualTo(new Message.Refused(8, Refusal.NOT_OWNER));
    assertThat(bench.engine.writes()).isZero();
  }

  @Test
  void anOwnerThatStandsInForAnotherOwesItselfNothing() {
    keep(STATE, OTHER, SELF);

    assertThat(bench.stored(address()).owed()).containsExactly(OTHER);
  }

  @Test
  void aNodeThatKeepsAsManyHintsAsItMaySaysSo() {
    bench.quota(1);
    var full =
        new ReplicaService(
            bench.replica(), bench.time, new Stamps(0), () -> view, (_, mark) -> losses.add(mark));
    full.put(new Message.ReplicaPut(8, KEY, 5, STATE, List.of(OTHER), 0, 1_000), replies::add);

    assertThat(replies).containsExactly(new Message.Refused(8, Refusal.HINTS_FULL));
  }

  @Test
  void aPutWhoseTimeIsUpIsDropped() {
    assertThat(put(STATE, 0)).isEqualTo(new Message.Refused(8, Refusal.EXPIRED));
    assertThat(bench.engine.has(address())).isFalse();
  }

  @Test
  void aFailingEngineIsARefusalThatLeavesTheEffectOpen() {
    bench.engine.failNext(Fault.WITHOUT_EFFECT);
    assertThat(get(Detail.FULL)).isEqualTo(new Message.Refused(7, Refusal.STORAGE_FAILED));
    bench.engine.failNext(Fault.WITHOUT_EFFECT);
    assertThat(put(STATE, 1_000)).isEqualTo(new Message.Refused(8, Refusal.STORAGE_FAILED));
  }

  @Test
  void aLineThatIsFullIsARefusal() {
    bench.engine.hold();
    for (int i = 0; i <= KeyQueue.MAX_WAITING; i++) {
      service.put(new Message.ReplicaPut(i, KEY, 5, STATE, List.of(), 0, 1_000), _ -> {});
    }

    assertThat(put(STATE, 1_000)).isEqualTo(new Message.Refused(8, Refusal.OVERLOADED));
  }

  @Test
  void aNodeThatMayHaveLostDataSaysSoWithEachState() {
    view = view(List.of(SELF), true);

    assertThat(get(Detail.FULL)).isEqualTo(new Message.ReplicaState(7, VersionSet.EMPTY, true, 0));
    assertThat(get(Detail.DIGEST))
        .isEqualTo(new Message.ReplicaDigest(7, VersionSet.EMPTY.hash(), true, 0));
    assertThat(losses).isEmpty();
  }

  @Test
  void aKeyThatLostItsRecordSaysSoAndIsReportedByReadsAndPutsUntilItIsWhole() {
    put(STATE, 1_000);
    bench.engine.damage(address(), 9);

    assertThat(get(Detail.DIGEST))
        .isEqualTo(new Message.ReplicaDigest(7, VersionSet.EMPTY.hash(), true, 0));
    assertThat(put(STATE, 1_000)).isEqualTo(new Message.ReplicaStored(8, true));
    assertThat(get(Detail.FULL)).isEqualTo(new Message.ReplicaState(7, STATE, true, 0));
    assertThat(losses).hasSize(3).containsOnly(losses.getFirst()).doesNotContain(0L);

    bench
        .replica()
        .recover(
            address(),
            new Incoming(VersionSet.EMPTY, List.of(), 0, Incoming.NEVER),
            losses.getFirst(),
            _ -> {});
    assertThat(get(Detail.FULL)).isEqualTo(new Message.ReplicaState(7, STATE, false, 0));
    assertThat(losses).hasSize(3);
  }
}
