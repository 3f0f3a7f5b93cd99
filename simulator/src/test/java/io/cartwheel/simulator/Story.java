package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.ring.EqualPartitions;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Five whole nodes and one key, for telling what befalls them step by step: the key's owners are
 * {@code a}, {@code b} and {@code c}, and {@code d} and {@code e} stand in for them. Nothing fails
 * but what the story has fail.
 */
final class Story {
  static final ItemKey KEY = ItemKey.of("carts", "alice");

  private static final long CLUSTER_ID = 0xCA27_3EE3L;
  private static final int PARTITIONS = 8;

  final SimNode a;
  final SimNode b;
  final SimNode c;
  final SimNode d;
  final SimNode e;
  private final World world = new World(1, _ -> new FaultMix(EnumSet.noneOf(Fault.class)));
  private long lastWrite;

  Story() {
    var types = new TreeMap<Bytes, BucketType>();
    types.put(ItemKey.DEFAULT_TYPE, BucketType.byDefault());
    var ids = new ArrayList<MemberId>();
    for (int i = 0; i < 5; i++) {
      ids.add(MemberId.atGenesis(CLUSTER_ID, "n" + i));
    }
    var ring = EqualPartitions.ofGenesis(PARTITIONS, ids, 3);
    for (int i = 0; i < ids.size(); i++) {
      var view = new ClusterView(CLUSTER_ID, ids.get(i), ring, types, false);
      world.add(new SimNode(i, world, view, 1));
    }
    world.nodes().forEach(SimNode::start);
    Shard any = world.nodes().getFirst().shards().getFirst();
    List<MemberId> list = ring.preferenceList(any.view().partitionOf(KEY), 3).members();
    a = world.nodeOf(list.get(0));
    b = world.nodeOf(list.get(1));
    c = world.nodeOf(list.get(2));
    d = world.nodeOf(list.get(3));
    e = world.nodeOf(list.get(4));
    pass(2_000);
  }

  void pass(long millis) {
    world.time().runUntil(world.time().now() + millis * MILLIS);
  }

  /** Time for all that nodes do for one another by themselves. */
  void passUntilAllIsCalm() {
    pass(30_000);
  }

  /** What clients are shown of the key through a node, asking so many replicas. */
  VersionSet read(SimNode node, int r) {
    var options = GetRequest.Options.DEFAULT.withR(new Quorum.Exactly(r));
    GetOutcome outcome =
        this.<GetOutcome>ask(node, (shard, done) -> shard.get(new GetRequest(KEY, options), done));
    assertThat(outcome).isInstanceOf(GetOutcome.Read.class);
    return ((GetOutcome.Read) outcome).state();
  }

  /** Writes through a node, which coordinates the write if it can, over what was seen. */
  void put(SimNode node, String text, VersionVector seen) {
    write(node, value(text), seen, Quorum.QUORUM, Optional.empty());
  }

  /** As {@link #put}, of a value that lasts so long. */
  void put(SimNode node, String text, VersionVector seen, Duration ttl) {
    write(node, value(text), seen, Quorum.QUORUM, Optional.of(ttl));
  }

  /** As {@link #put}, acknowledged by whoever is there, and be it one. */
  void putAnywhere(SimNode node, String text, VersionVector seen) {
    write(node, value(text), seen, Quorum.ONE, Optional.empty());
  }

  void delete(SimNode node, VersionVector seen) {
    write(node, Content.tombstone(0, nextId()), seen, Quorum.QUORUM, Optional.empty());
  }

  private Content value(String text) {
    return Content.value(Bytes.utf8(text), Description.ofType("text/plain"), 0, nextId());
  }

  private Bytes nextId() {
    return Bytes.utf8("write " + ++lastWrite);
  }

  private void write(
      SimNode node, Content content, VersionVector seen, Quorum w, Optional<Duration> ttl) {
    PutRequest.Options usual = PutRequest.Options.DEFAULT;
    var options =
        new PutRequest.Options(
            w, usual.dw(), usual.pw(), usual.sloppy(), 0, usual.timeoutMillis(), false);
    var request = new PutRequest(KEY, content, seen, node.id().value(), ttl, options);
    PutOutcome outcome = this.<PutOutcome>ask(node, (shard, done) -> shard.put(request, done));
    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
    assertThat(((PutOutcome.Stored) outcome).coordinator()).isEqualTo(node.id().value());
  }

  private <T> T ask(SimNode node, BiConsumer<Shard, Consumer<T>> question) {
    var answers = new ArrayList<T>();
    question.accept(node.shardOf(KEY), answers::add);
    for (long left = 10 * SECONDS; answers.isEmpty() && left > 0; left -= MILLIS) {
      pass(1);
    }
    // What is still on its way to others has a moment to arrive.
    pass(20);
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  /** A client reads, and whatever comes of it nobody waits for. */
  void beginRead(SimNode node, int r) {
    var options = GetRequest.Options.DEFAULT.withR(new Quorum.Exactly(r));
    node.shardOf(KEY).get(new GetRequest(KEY, options), _ -> {});
  }

  /** What one node would send another of the key now; running it delivers it. */
  Runnable messageOnItsWay(SimNode from, SimNode to) {
    long stamp = from.shardOf(KEY).around().stamps().now();
    var put = new Message.ReplicaPut(1, KEY, 0, held(from), List.of(), stamp, 1_000);
    return () -> to.shardOf(KEY).received(from.id(), put, _ -> {});
  }

  void kill(SimNode... nodes) {
    for (SimNode node : nodes) {
      node.kill();
    }
    pass(20);
  }

  /** The nodes start, and have shaken hands with all others. */
  void start(SimNode... nodes) {
    for (SimNode node : nodes) {
      node.start();
    }
    pass(700);
  }

  /** While the node is down its disk becomes this one, and nothing tells it so. */
  void replaceDisk(SimNode node, SimDisk.Snapshot with) {
    assertThat(node.isUp()).isFalse();
    node.disk().restore(with);
  }

  SimDisk.Snapshot emptyDisk() {
    return new SimDisk(-1, new Ledger(new Violations())).snapshot();
  }

  /** From now on nothing gets from one node to the other; it comes when {@link #letGo} says. */
  void holdBack(SimNode from, SimNode to) {
    world.network().clog(new SimNetwork.Link(from.number(), to.number()));
  }

  void letGo(SimNode from, SimNode to) {
    world.network().unclog(new SimNetwork.Link(from.number(), to.number()));
    pass(20);
  }

  /** What a node's disk holds of the key. */
  VersionSet held(SimNode node) {
    return node.storedStateOf(KEY);
  }

  boolean hasRecord(SimNode node) {
    return !node.recordOf(KEY).isEmpty();
  }

  long count(Observer.Event event) {
    return world.probes().counts().getOrDefault(event, 0L);
  }

  /** At last all owners hold these and nothing else, and all others nothing. */
  void endsWith(String... texts) {
    passUntilAllIsCalm();
    for (SimNode owner : List.of(a, b, c)) {
      assertThat(texts(held(owner)))
          .as("on the disk of node " + owner.number())
          .containsExactlyInAnyOrder(texts);
    }
    assertThat(held(b)).isEqualTo(held(a));
    assertThat(held(c)).isEqualTo(held(a));
    assertThat(hasRecord(d) || hasRecord(e)).as("left with who stood in").isFalse();
    assertThat(world.violations().first()).isEmpty();
  }

  /** The values among these versions; a tombstone is none. */
  static List<String> texts(VersionSet state) {
    return state.values().stream()
        .map(Sibling::content)
        .map(content -> content.value().toUtf8())
        .toList();
  }
}
