package io.cartwheel.simulator;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.ring.EqualPartitions;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.version.CausalContext;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.ContextBinding;
import io.cartwheel.core.version.VersionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A simulated cluster with its clients' history: shape and keys drawn from the seed. */
final class Cluster {
  private static final long CLUSTER_ID = 0xCA27_3EE1L;
  private static final Bytes LATEST = Bytes.utf8("latest");

  private final World world;
  private final List<ItemKey> keys = new ArrayList<>();
  private final History history = new History();
  private final Calls calls;
  private final Checks checks;
  private final Supersession supersession;
  private final int owners;

  /** Apart from all else that is drawn, so that it changes no more of a seed's run than it must. */
  private final SplittableRandom ttls;

  Cluster(World world, SplittableRandom shape) {
    this.world = world;
    ttls = new SplittableRandom(world.seed());
    calls = new Calls(world);
    var types = new TreeMap<Bytes, BucketType>();
    BucketType usual = BucketType.byDefault();
    types.put(ItemKey.DEFAULT_TYPE, usual);
    types.put(LATEST, latest(usual));
    // Mostly more nodes than owners, so that writes are forwarded; now and then fewer.
    int size = shape.nextInt(10) == 0 ? 1 + shape.nextInt(2) : 3 + shape.nextInt(3);
    owners = Math.min(usual.n(), size);
    addNodes(size, types, shape);
    addKeys(1 + shape.nextInt(12), shape);
    checks = new Checks(world, history, owners);
    supersession = new Supersession(world, history, owners);
  }

  private static BucketType latest(BucketType usual) {
    return new BucketType(
        "latest",
        usual.n(),
        usual.quorums(),
        ConflictPolicy.LAST_WRITE_WINS,
        usual.fanout(),
        usual.limits());
  }

  private void addNodes(int size, TreeMap<Bytes, BucketType> types, SplittableRandom shape) {
    var ids = new ArrayList<MemberId>();
    for (int i = 0; i < size; i++) {
      ids.add(MemberId.atGenesis(CLUSTER_ID, "n" + i));
    }
    Ring ring = EqualPartitions.ofGenesis(8 << shape.nextInt(4), ids, owners);
    for (int i = 0; i < size; i++) {
      var view = new ClusterView(CLUSTER_ID, ids.get(i), ring, types, false);
      world.add(new SimNode(i, world, view, 1 << shape.nextInt(2)));
    }
  }

  private void addKeys(int count, SplittableRandom shape) {
    for (int i = 0; i < count; i++) {
      Bytes type = shape.nextInt(5) == 0 ? LATEST : ItemKey.DEFAULT_TYPE;
      keys.add(new ItemKey(type, Bytes.utf8("carts"), Bytes.utf8("k" + shape.nextInt(1000))));
    }
  }

  /** How long a value lasts: mostly for ever, now and then for less time than a run may have. */
  Optional<Duration> drawTtl() {
    return ttls.nextInt(6) == 0
        ? Optional.of(Duration.ofSeconds(2 + ttls.nextInt(59)))
        : Optional.empty();
  }

  /** Whether conflicts in the key are decided by time, so that writes may lose. */
  static boolean isLatestOnly(ItemKey key) {
    return key.type().equals(LATEST);
  }

  World world() {
    return world;
  }

  List<ItemKey> keys() {
    return keys;
  }

  History history() {
    return history;
  }

  Calls calls() {
    return calls;
  }

  Checks checks() {
    return checks;
  }

  Supersession supersession() {
    return supersession;
  }

  /** N. */
  int owners() {
    return owners;
  }

  SimNode anyNode(SplittableRandom random) {
    return world.nodes().get(random.nextInt(world.nodes().size()));
  }

  /**
   * What a read showed its client, by way of the token that the client gets and hands back. What
   * had expired by its coordinator's clock counts as shown: the token covers it.
   */
  Write.Shown shown(ItemKey key, GetOutcome.Read read, long wallMillis) {
    checks.expiry(key, read.state(), wallMillis);
    var binding = ContextBinding.of(CLUSTER_ID, key);
    var context =
        new CausalContext(CausalContext.Kind.CONTEXT, read.fastestReplier(), read.state().clock());
    return switch (CausalContext.check(context.encode(binding), binding)) {
      case CausalContext.Check.Valid(CausalContext back) ->
          new Write.Shown(
              Checks.union(SimClient.ids(read.state()), hidden(key, back.seen(), wallMillis)),
              back.seen(),
              back.fastestReplier());
      case CausalContext.Check.Refused(String reason) -> {
        world.violations().add("a context came back refused: " + reason);
        yield Write.Shown.NOTHING;
      }
    };
  }

  /**
   * The writes that a token covers and that a read leaves out, since by this clock they expired.
   */
  Set<Bytes> hidden(ItemKey key, VersionVector seen, long wallMillis) {
    var hidden = new LinkedHashSet<Bytes>();
    for (Write write : history.expiringWritesOf(key)) {
      if (world.ledger().isExpiredAt(write.id(), wallMillis)
          && world.ledger().dotsOf(write.id()).stream().anyMatch(seen::covers)) {
        hidden.add(write.id());
      }
    }
    return hidden;
  }
}
