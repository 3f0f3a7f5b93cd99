package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;

import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A client that reads and writes a few keys through any node, with contexts fresh and old, and
 * retries what it is unsure of under the same request id.
 */
final class SimClient {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int CONTEXTS_KEPT = 4;

  /**
   * What a client does, and how often.
   *
   * @param number tells its writes from others'
   * @param pauseNanos the most from one request to the next
   * @param deletes of a hundred requests so many delete; half of all read
   */
  record Habits(long number, List<ItemKey> keys, long pauseNanos, int deletes) {
    static Habits busy(long number, List<ItemKey> keys) {
      return new Habits(number, keys, 80 * MILLIS, 8);
    }

    /** Deletes much, and lets its keys alone for longer than it takes to forget them. */
    static Habits tidy(long number, List<ItemKey> keys) {
      return new Habits(number, keys, 900 * MILLIS, 30);
    }
  }

  private final Cluster cluster;
  private final SplittableRandom random;
  private final Habits habits;
  private final Map<ItemKey, List<Write.Shown>> contexts = new LinkedHashMap<>();
  private long lastWrite;
  private boolean stopped;

  SimClient(Cluster cluster, Habits habits, SplittableRandom random) {
    this.cluster = cluster;
    this.habits = habits;
    this.random = random;
  }

  void start() {
    later();
  }

  void stop() {
    stopped = true;
  }

  private void later() {
    cluster.world().time().after(random.nextLong(habits.pauseNanos()), this::act);
  }

  private void act() {
    if (stopped) {
      return;
    }
    ItemKey key = habits.keys().get(random.nextInt(habits.keys().size()));
    int draw = random.nextInt(100);
    if (draw < 50) {
      read(key);
    } else {
      // A blind write now and then; the others with a context, not always the latest.
      write(
          key, draw < 58 ? Write.Shown.NOTHING : pickContext(key), draw >= 100 - habits.deletes());
    }
    later();
  }

  private Write.Shown pickContext(ItemKey key) {
    List<Write.Shown> known = contexts.getOrDefault(key, List.of());
    if (known.isEmpty()) {
      return Write.Shown.NOTHING;
    }
    int back = random.nextInt(10) < 8 ? 0 : random.nextInt(known.size());
    return known.get(known.size() - 1 - back);
  }

  private void keep(ItemKey key, Write.Shown shown) {
    List<Write.Shown> known = contexts.computeIfAbsent(key, _ -> new ArrayList<>());
    known.add(shown);
    if (known.size() > CONTEXTS_KEPT) {
      known.removeFirst();
    }
  }

  private void read(ItemKey key) {
    long began = cluster.world().time().now();
    Quorum r = random.nextInt(6) == 0 ? Quorum.ONE : Quorum.QUORUM;
    boolean strict = random.nextInt(3) == 0;
    var options =
        GetRequest.Options.DEFAULT.withR(r).withTimeout(TIMEOUT_MILLIS).withSloppy(!strict);
    if (random.nextInt(4) == 0) {
      options = options.withFanout(Fanout.ALL);
    }
    var request = new GetRequest(key, options);
    SimNode node = cluster.anyNode(random);
    cluster
        .calls()
        .<Optional<Write.Shown>>make(
            node,
            key,
            TIMEOUT_MILLIS,
            (shard, done) ->
                shard.get(
                    request,
                    outcome -> {
                      if (strict && outcome instanceof GetOutcome.Read(VersionSet state, _)) {
                        cluster.supersession().read(key, state, r, began);
                      }
                      done.accept(shown(key, node, outcome));
                    }),
            reply -> {
              if (reply instanceof Calls.Answered<Optional<Write.Shown>>(var answer)
                  && answer.isPresent()) {
                keep(key, answer.get());
                Quorum counted = strict ? r : Quorum.NONE;
                cluster.checks().read(key, answer.get().writes(), counted, began);
              }
            });
  }

  /** By the coordinator's clock at the moment of its answer. */
  private Optional<Write.Shown> shown(ItemKey key, SimNode coordinator, GetOutcome outcome) {
    return outcome instanceof GetOutcome.Read read
        ? Optional.of(cluster.shown(key, read, coordinator.clock().wallMillis()))
        : Optional.empty();
  }

  private void write(ItemKey key, Write.Shown shown, boolean tombstone) {
    Bytes id = new Encoder(16).fixed64(habits.number()).fixed64(++lastWrite).toBytes();
    int draw = random.nextInt(8);
    Quorum w = draw == 0 ? Quorum.ONE : draw == 1 ? Quorum.ALL : Quorum.QUORUM;
    int needed = w.among(cluster.owners(), Quorum.QUORUM);
    boolean strict = random.nextInt(3) == 0;
    World world = cluster.world();
    Optional<Duration> ttl = tombstone ? Optional.empty() : cluster.drawTtl();
    var promise =
        new Write.Promise(
            needed, strict, world.time().now(), world.ledger().losses(), ttl.isPresent());
    var write = new Write(id, key, shown, promise);
    cluster.history().add(write);
    Content content =
        tombstone
            ? Content.tombstone(0, id)
            : Content.value(id, Description.ofType("text/plain"), 0, id);
    var options =
        new PutRequest.Options(
            w, Quorum.DEFAULT, Quorum.DEFAULT, Optional.of(!strict), 0, TIMEOUT_MILLIS, false);
    var request = new PutRequest(key, content, shown.seen(), shown.fastestReplier(), ttl, options);
    attempt(write, request, 1 + random.nextInt(3));
  }

  private void attempt(Write write, PutRequest request, int attempts) {
    if (attempts == 0 || stopped) {
      return;
    }
    cluster
        .calls()
        .<PutOutcome>make(
            cluster.anyNode(random),
            request.key(),
            TIMEOUT_MILLIS,
            (shard, done) -> {
              write.begun(cluster.world().time().now() + TIMEOUT_MILLIS * MILLIS);
              shard.put(request, outcome -> answered(write, outcome, done));
            },
            reply -> {
              if (!concluded(write, reply)) {
                attempt(write, request, attempts - 1);
              }
            });
  }

  private void answered(Write write, PutOutcome outcome, Consumer<PutOutcome> done) {
    if (outcome instanceof PutOutcome.Stored) {
      cluster.checks().acknowledged(write);
    }
    done.accept(outcome);
  }

  /** Notes what an attempt came to; true: no further one is wanted. */
  private boolean concluded(Write write, Calls.Reply<PutOutcome> reply) {
    switch (reply) {
      case Calls.NotMade<PutOutcome> _ -> {
        return false;
      }
      case Calls.CutOff<PutOutcome> _ -> {
        return random.nextBoolean();
      }
      case Calls.Answered<PutOutcome>(PutOutcome.Failed(Failure failure)) -> {
        if (!failure.isIndeterminate()) {
          write.refused();
        }
        return random.nextBoolean();
      }
      case Calls.Answered<PutOutcome>(PutOutcome.Stored stored) -> {
        write.acked(cluster.world().time().now());
        if (stored.alone()) {
          // What had expired is covered too; by which clock, the client can't know.
          Set<Bytes> passing = cluster.hidden(write.key(), stored.clock(), Long.MAX_VALUE);
          Set<Bytes> covered = Checks.union(Set.of(write.id()), passing);
          keep(write.key(), new Write.Shown(covered, stored.clock(), stored.coordinator()));
        }
        return true;
      }
    }
  }

  static Set<Bytes> ids(VersionSet state) {
    var ids = new LinkedHashSet<Bytes>();
    for (Sibling sibling : state.siblings()) {
      ids.add(sibling.content().requestId());
    }
    return ids;
  }
}
