package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;

import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One seed: clients and faults for a while, then no more faults, then the checks of what must be
 * true at last.
 */
public final class Simulation {
  private static final int CLIENTS = 5;

  /** Keys that are deleted often and let alone for a while, so that they can be forgotten. */
  private static final List<ItemKey> TIDY_KEYS =
      IntStream.range(0, 6).mapToObj(i -> ItemKey.of("carts", "tidy" + i)).toList();

  /** Longer than any deadline, back-off or silence. */
  private static final long CALM = 15 * SECONDS;

  private static final long MOMENT = 50 * MILLIS;

  /** Longer than it takes to find and repair all that differs, an absence of owners included. */
  private static final long PATIENCE = 90 * SECONDS;

  private final long seed;
  private final World world;
  private final Cluster cluster;
  private final Nemesis nemesis;

  private Simulation(long seed, World world) {
    this.seed = seed;
    this.world = world;
    cluster = new Cluster(world, world.split());
    nemesis = new Nemesis(world, new LastStand(cluster, world.split()), world.split());
  }

  /** Runs a seed for so many virtual seconds of faults, and some of calm. */
  public static SeedResult run(long seed, int seconds) {
    return new Simulation(seed, new World(seed)).run(seconds);
  }

  /**
   * Runs a seed with these faults and no others, to look for what only they bring about.
   *
   * @param faults their names
   */
  public static SeedResult run(long seed, int seconds, List<String> faults) {
    var chosen = EnumSet.noneOf(Fault.class);
    faults.forEach(name -> chosen.add(Fault.valueOf(name)));
    return new Simulation(seed, new World(seed, _ -> new FaultMix(chosen))).run(seconds);
  }

  private SeedResult run(int seconds) {
    try {
      live(seconds);
    } catch (RuntimeException | AssertionError e) {
      world.violations().add("the protocol threw " + e + " at " + e.getStackTrace()[0]);
    }
    return result();
  }

  private void live(int seconds) {
    world.nodes().forEach(SimNode::start);
    List<SimClient> clients = new ArrayList<>();
    for (int i = 1; i <= CLIENTS; i++) {
      clients.add(new SimClient(cluster, SimClient.Habits.busy(i, cluster.keys()), world.split()));
    }
    clients.add(
        new SimClient(cluster, SimClient.Habits.tidy(CLIENTS + 1, TIDY_KEYS), world.split()));
    clients.forEach(SimClient::start);
    nemesis.start();
    world.time().runUntil(seconds * SECONDS);
    clients.forEach(SimClient::stop);
    nemesis.heal();
    var keys = new LinkedHashSet<>(cluster.keys());
    keys.addAll(LastStand.OWN_KEYS);
    keys.addAll(TIDY_KEYS);
    awaitCalm(keys);
    keys.forEach(key -> cluster.checks().converged(key, primariesOf(key)));
    keys.forEach(key -> cluster.supersession().atLast(key, primariesOf(key)));
    keys.forEach(key -> cluster.checks().nothingOwed(key, primariesOf(key)));
    keys.forEach(key -> cluster.checks().forgotten(key, primariesOf(key)));
    cluster.checks().treesToldTheTruth();
    Map<ItemKey, Answer> last = readAll(keys);
    keys.forEach(key -> checkLast(key, last));
    awaitQuiet();
    cluster.checks().nothingUnderWay();
    cluster.checks().treesWereRight();
  }

  /** No client reads: replicas repair themselves, within this time. */
  private void awaitCalm(Set<ItemKey> keys) {
    long patience = world.time().now() + PATIENCE;
    do {
      calm();
    } while (world.time().now() < patience
        && !(cluster.checks().allIsInSync() && areForgotten(keys)));
    cluster.checks().inSync();
  }

  private boolean areForgotten(Set<ItemKey> keys) {
    return keys.stream().allMatch(key -> cluster.checks().isForgotten(key, primariesOf(key)));
  }

  /** Replicas still compare themselves now and then, which takes them a moment. */
  private void awaitQuiet() {
    long patience = world.time().now() + CALM;
    while (world.time().now() < patience && !cluster.checks().isQuiet()) {
      world.time().runUntil(world.time().now() + MOMENT);
    }
  }

  private void calm() {
    world.time().runUntil(world.time().now() + CALM);
  }

  /** Reads all keys from all replicas, and gives them the time to repair what that shows. */
  private Map<ItemKey, Answer> readAll(LinkedHashSet<ItemKey> keys) {
    var answers = new LinkedHashMap<ItemKey, Answer>();
    SplittableRandom random = world.split();
    var options = GetRequest.Options.DEFAULT.withR(Quorum.ALL).withFanout(Fanout.ALL);
    for (ItemKey key : keys) {
      SimNode node = cluster.anyNode(random);
      cluster
          .calls()
          .<Answer>make(
              node,
              key,
              options.timeoutMillis(),
              (shard, done) ->
                  shard.get(
                      new GetRequest(key, options),
                      outcome -> done.accept(new Answer(outcome, node.clock().wallMillis()))),
              reply -> {
                if (reply instanceof Calls.Answered<Answer>(Answer answer)) {
                  answers.put(key, answer);
                }
              });
    }
    calm();
    return answers;
  }

  /** What a coordinator answered, and when by its clock. */
  private record Answer(GetOutcome outcome, long wallMillis) {}

  private void checkLast(ItemKey key, Map<ItemKey, Answer> answers) {
    if (answers.get(key) instanceof Answer(GetOutcome.Read read, long wallMillis)) {
      read.state().siblings().forEach(sibling -> world.time().note(sibling.dot().hashCode()));
      cluster.checks().finalRead(key, read.state(), heldOf(key), wallMillis);
    } else {
      world.violations().add("a key can't be read though all is calm");
    }
  }

  private VersionSet heldOf(ItemKey key) {
    VersionSet held = VersionSet.EMPTY;
    for (SimNode primary : primariesOf(key)) {
      held = held.merge(primary.storedRecordOf(key).map(StoredRecord::state).orElse(held));
    }
    return held;
  }

  private List<SimNode> primariesOf(ItemKey key) {
    var view = world.nodes().getFirst().shards().getFirst().view();
    PreferenceList list = view.ring().preferenceList(view.partitionOf(key), cluster.owners());
    return list.primaries().stream().map(world::nodeOf).toList();
  }

  private SeedResult result() {
    return new SeedResult(
        seed,
        world.time().trace(),
        world.time().happened(),
        world.time().now() / SECONDS,
        world.violations().count(),
        world.violations().first(),
        world.faults().counts(),
        world.probes().counts(),
        world.probes().readsWithSiblings());
  }
}
