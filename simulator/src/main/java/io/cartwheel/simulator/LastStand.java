package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;

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
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * When all nodes but one are down, a client writes to that one, whatever key it likes, and reads it
 * back: what is acknowledged there is shown there (Dynamo §4.6).
 */
final class LastStand {
  /**
   * Keys that nobody else writes, so that nobody supersedes what one last stand left there: as many
   * as it takes for any survivor to be no owner of one of them.
   */
  static final List<ItemKey> OWN_KEYS =
      Stream.of("north", "east", "south", "west")
          .map(name -> ItemKey.of("last stands", name))
          .toList();

  /** By then the survivor has heard that the others are gone. */
  private static final long AFTER = 50 * MILLIS;

  private static final int TIMEOUT_MILLIS = 500;

  /** So long after it was held up it may still have no room, with all that waited meanwhile. */
  private static final long CATCHING_UP = SECONDS;

  private final Cluster cluster;
  private final SplittableRandom random;
  private long lastWrite;

  LastStand(Cluster cluster, SplittableRandom random) {
    this.cluster = cluster;
    this.random = random;
  }

  void begin(SimNode survivor) {
    cluster.world().time().after(AFTER, () -> write(survivor));
  }

  private void write(SimNode survivor) {
    if (!isAlone(survivor)) {
      return;
    }
    // Few keys, so that one meets what became of its last stand.
    write(survivor, cluster.keys().get(random.nextInt(Math.min(2, cluster.keys().size()))));
    OWN_KEYS.forEach(key -> write(survivor, key));
  }

  private void write(SimNode survivor, ItemKey key) {
    World world = cluster.world();
    Bytes id = new Encoder(16).fixed64(0).fixed64(++lastWrite).toBytes();
    var promise = new Write.Promise(1, false, world.time().now(), world.ledger().losses(), false);
    var write = new Write(id, key, Write.Shown.NOTHING, promise);
    cluster.history().add(write);
    Content content = Content.value(id, Description.ofType("text/plain"), 0, id);
    var options =
        new PutRequest.Options(
            Quorum.ONE,
            Quorum.DEFAULT,
            Quorum.DEFAULT,
            Optional.of(true),
            0,
            TIMEOUT_MILLIS,
            false);
    var request = new PutRequest(key, content, VersionVector.EMPTY, 0, options);
    cluster
        .calls()
        .<PutOutcome>make(
            survivor,
            key,
            TIMEOUT_MILLIS,
            (shard, done) -> {
              write.begun(world.time().now() + TIMEOUT_MILLIS * MILLIS);
              shard.put(request, done);
            },
            reply -> written(survivor, write, reply));
  }

  private void written(SimNode survivor, Write write, Calls.Reply<PutOutcome> reply) {
    if (!(reply instanceof Calls.Answered<PutOutcome>(PutOutcome outcome))) {
      return;
    }
    switch (outcome) {
      case PutOutcome.Stored _ -> {
        write.acked(cluster.world().time().now());
        read(survivor, write);
      }
      case PutOutcome.Failed(Failure failure) -> {
        if (!failure.isIndeterminate()) {
          write.refused();
        }
      }
    }
  }

  private void read(SimNode survivor, Write write) {
    var options =
        GetRequest.Options.DEFAULT.withR(Quorum.ONE).withTimeout(TIMEOUT_MILLIS).withSloppy(true);
    cluster
        .calls()
        .<GetOutcome>make(
            survivor,
            write.key(),
            TIMEOUT_MILLIS,
            (shard, done) -> shard.get(new GetRequest(write.key(), options), done),
            reply -> {
              if (reply instanceof Calls.Answered<GetOutcome>(GetOutcome outcome)) {
                check(survivor, write, outcome);
              }
            });
  }

  /** If somebody came back, or a disk failed, the read may show less. */
  private void check(SimNode survivor, Write write, GetOutcome outcome) {
    World world = cluster.world();
    boolean undisturbed =
        isAlone(survivor)
            && world.ledger().losses() == write.lossesBefore()
            && !world.faults().isDrawn(Fault.DISK_ERROR);
    if (undisturbed && !isExcused(survivor, outcome)) {
      cluster.checks().lastOneShows(write.key(), write.id(), visible(write.key(), outcome));
    }
  }

  /** What it shows, and what may have been left out as expired. */
  private Optional<Set<Bytes>> visible(ItemKey key, GetOutcome outcome) {
    return outcome instanceof GetOutcome.Read(VersionSet state, _)
        ? Optional.of(
            Checks.union(SimClient.ids(state), cluster.hidden(key, state.clock(), Long.MAX_VALUE)))
        : Optional.empty();
  }

  /** A slow disk may take the read's whole time, and a survivor that was held up has no room. */
  private boolean isExcused(SimNode survivor, GetOutcome outcome) {
    return switch (outcome) {
      case GetOutcome.Failed(Failure.Timeout _) -> true;
      case GetOutcome.Failed(Failure.Overloaded _) ->
          survivor.wasHeldUpSince(cluster.world().time().now() - CATCHING_UP);
      case GetOutcome.Failed _, GetOutcome.Read _ -> false;
    };
  }

  private boolean isAlone(SimNode survivor) {
    return survivor.isUp()
        && cluster.world().nodes().stream().noneMatch(node -> node != survivor && node.isUp());
  }
}
