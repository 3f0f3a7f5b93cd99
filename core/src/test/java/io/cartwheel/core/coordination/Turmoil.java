package io.cartwheel.core.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.fixture.Wire;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Random requests at one shard whose peers, disk, connections and timers do whatever they may. */
final class Turmoil {
  private static final int REQUESTS = 4;
  private static final int STEPS = 30;
  private static final List<MemberId> PEERS = List.of(ShardBench.B, ShardBench.C, ShardBench.D);

  private final SplittableRandom random;
  private final boolean keysApart;
  private final ShardBench bench;
  private final Evidence evidence;
  private final List<Told> told = new ArrayList<>();
  private final List<Reply> delivered = new ArrayList<>();

  /** A request, when it must be answered at the latest, and how often it was. */
  private static final class Told {
    private final long deadlineNanos;
    private int answers;

    Told(long deadlineNanos) {
      this.deadlineNanos = deadlineNanos;
    }
  }

  private record Reply(MemberId from, Message.Reply reply) {}

  Turmoil(SplittableRandom random) {
    this.random = random;
    keysApart = random.nextBoolean();
    var owners = new ArrayList<MemberId>();
    for (MemberId member : List.of(ShardBench.B, ShardBench.A, ShardBench.C, ShardBench.D)) {
      if (owners.isEmpty() || random.nextInt(4) > 0) {
        owners.add(member);
      }
    }
    BucketType type = BucketType.byDefault();
    bench = new ShardBench(type, random.split(), owners.toArray(MemberId[]::new));
    evidence = new Evidence(bench, owners);
    PEERS.stream().filter(_ -> random.nextInt(4) == 0).forEach(bench.wire::disconnect);
  }

  void run() {
    for (int step = 0; step < STEPS; step++) {
      if (told.size() < REQUESTS && random.nextInt(6) == 0) {
        request();
      } else {
        happen();
      }
    }
    bench.assertNothingLeft();
    for (Told request : told) {
      assertEquals(1, request.answers, "answers to a request");
    }
  }

  private ItemKey key(int request) {
    return ItemKey.of("b", "k" + (keysApart ? request : random.nextInt(2)));
  }

  private void request() {
    ItemKey key = key(told.size());
    if (random.nextInt(8) == 0) {
      explain(key);
      return;
    }
    int timeout = random.nextInt(1, 400);
    var request = new Told(bench.time.nanos() + timeout * 1_000_000L);
    told.add(request);
    switch (random.nextInt(3)) {
      case 0 -> {
        var get = new GetRequest(key, reading(timeout));
        bench.shard.get(
            get,
            outcome -> {
              answer(request);
              if (keysApart) {
                evidence.check(get, outcome);
              }
            });
      }
      case 1 -> {
        var put =
            new PutRequest(key, Drawn.content(random), seen(), preferred(), writing(timeout))
                .withRequestId(Bytes.utf8("request " + told.size()));
        bench.shard.put(
            put,
            outcome -> {
              answer(request);
              evidence.check(put, outcome);
            });
      }
      default ->
          bench.shard.delete(
              new DeleteRequest(
                  key, seen(), preferred(), Bytes.EMPTY, Quorum.DEFAULT, writing(timeout)),
              _ -> answer(request));
    }
  }

  private void explain(ItemKey key) {
    var request = new Told(bench.time.nanos() + 5_000_000_000L);
    told.add(request);
    bench.shard.explain(key, _ -> answer(request));
  }

  private void answer(Told request) {
    request.answers++;
    long late = bench.time.nanos() - request.deadlineNanos;
    assertTrue(late <= 1_000_000, () -> "answered " + late + " ns late");
  }

  private GetRequest.Options reading(int timeout) {
    return new GetRequest.Options(
        quorum(),
        random.nextInt(4) == 0 ? quorum() : Quorum.DEFAULT,
        sloppy(),
        nodes(),
        Optional.of(random.nextBoolean()),
        Optional.of(random.nextBoolean()),
        Optional.of(random.nextBoolean() ? Fanout.ALL : Fanout.QUORUM),
        timeout);
  }

  private PutRequest.Options writing(int timeout) {
    return new PutRequest.Options(
        quorum(),
        random.nextInt(4) == 0 ? quorum() : Quorum.DEFAULT,
        random.nextInt(4) == 0 ? quorum() : Quorum.DEFAULT,
        sloppy(),
        nodes(),
        timeout,
        random.nextBoolean());
  }

  private Quorum quorum() {
    return random.nextInt(3) == 0 ? Quorum.DEFAULT : new Quorum.Exactly(random.nextInt(5));
  }

  private Optional<Boolean> sloppy() {
    return random.nextInt(3) == 0 ? Optional.of(random.nextBoolean()) : Optional.empty();
  }

  private int nodes() {
    return random.nextInt(4) == 0 ? random.nextInt(4) : 0;
  }

  private VersionVector seen() {
    return random.nextBoolean() ? VersionVector.EMPTY : Drawn.vector(random);
  }

  private long preferred() {
    return random.nextInt(6);
  }

  private void happen() {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4 -> reply();
      case 5 -> repeat();
      case 6 -> lose();
      case 7 -> connect();
      case 8 -> fail();
      case 9 -> bench.time.pass(random.nextInt(60));
      case 10 -> bench.engine.hold();
      default -> answerDisk();
    }
  }

  private Optional<Wire.Sent> underWay() {
    List<Wire.Sent> underWay = bench.wire.underWay();
    return underWay.isEmpty()
        ? Optional.empty()
        : Optional.of(underWay.get(random.nextInt(underWay.size())));
  }

  private void reply() {
    underWay()
        .ifPresent(sent -> {
          bench.wire.take(sent);
          Message.Reply reply = answerTo(sent.request());
          evidence.heard(sent.to(), sent.request(), reply);
          deliver(new Reply(sent.to(), reply));
        });
  }

  private void deliver(Reply reply) {
    delivered.add(reply);
    bench.shard.replied(reply.from(), reply.reply());
  }

  private Message.Reply answerTo(Message.Request request) {
    long id = request.id();
    if (random.nextInt(8) == 0) {
      return new Message.Refused(id, Refusal.values()[random.nextInt(Refusal.values().length)]);
    }
    return switch (request) {
      case Message.ReplicaGet get -> {
        VersionSet state = state();
        boolean recovering = random.nextInt(6) == 0;
        yield get.detail() == Message.Detail.FULL
            ? new Message.ReplicaState(id, state, recovering, 0)
            : new Message.ReplicaDigest(id, state.hash(), recovering, 0);
      }
      case Message.ReplicaPut _ -> new Message.ReplicaStored(id, random.nextInt(5) > 0);
      case Message.ForwardedPut _ -> new Message.ForwardedOutcome(id, outcome());
      case Message.PartitionRequest _,
          Message.RepairQuery _,
          Message.BarrierQuery _,
          Message.ForgotQuery _ ->
          new Message.Refused(id, Refusal.NOT_READY);
      case Message.Inspect _ -> new Message.Inspected(id, report());
      case Message.Heartbeat _ -> new Message.Alive(id, random.nextBoolean());
    };
  }

  private KeyReport report() {
    KeyReport.Copy copy =
        switch (random.nextInt(3)) {
          case 0 -> new KeyReport.Copy.Absent();
          case 1 -> new KeyReport.Copy.Damaged();
          default -> KeyReport.Copy.Held.of(state(), random.nextInt(2), Optional.empty());
        };
    return new KeyReport(random.nextBoolean(), copy, Optional.empty());
  }

  /** Mostly one of few, so that replicas agree now and then. */
  private VersionSet state() {
    return switch (random.nextInt(4)) {
      case 0 -> VersionSet.EMPTY;
      case 1 -> Versions.alone(Versions.dot(1, 1), Versions.value("v"));
      case 2 -> Versions.alone(Versions.dot(1, 2), Versions.tombstone(1));
      default -> Drawn.state(random);
    };
  }

  private PutOutcome outcome() {
    Failure failure =
        switch (random.nextInt(5)) {
          case 0 -> new Failure.Unavailable(2, 1, random.nextBoolean());
          case 1 -> new Failure.Timeout(2, 1, 0, true);
          case 2 -> new Failure.Overloaded();
          case 3 -> new Failure.TooManySiblings(1, 1);
          default -> new Failure.StorageFailed();
        };
    return random.nextBoolean() ? Writes.storedAt(ShardBench.B) : new PutOutcome.Failed(failure);
  }

  private void repeat() {
    if (!delivered.isEmpty()) {
      Reply reply = delivered.get(random.nextInt(delivered.size()));
      MemberId from = random.nextInt(4) == 0 ? peer() : reply.from();
      bench.shard.replied(from, reply.reply());
    }
  }

  private MemberId peer() {
    return PEERS.get(random.nextInt(PEERS.size()));
  }

  /** Mostly the connection breaks; now and then only one request finds no way out, or is lost. */
  private void lose() {
    switch (random.nextInt(3)) {
      case 0 -> bench.reset(peer());
      case 1 -> underWay().ifPresent(bench.wire::take);
      default ->
          underWay()
              .ifPresent(sent -> {
                bench.wire.take(sent);
                bench.shard.unsent(sent.to(), sent.request().id());
              });
    }
  }

  private void connect() {
    MemberId peer = peer();
    if (!bench.wire.isConnected(peer)) {
      bench.connects(peer);
    }
  }

  private void fail() {
    bench.engine.failNext(Fault.values()[random.nextInt(Fault.values().length)]);
    var at = new Address(0, key(random.nextInt(REQUESTS)));
    if (random.nextBoolean() && bench.engine.has(at)) {
      bench.engine.damage(at, random.nextInt(bench.engine.record(at).length()));
    }
  }

  private void answerDisk() {
    if (random.nextInt(3) == 0) {
      bench.engine.release();
    } else if (bench.engine.callsHeld() > 0) {
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      bench.engine.answer(random.nextInt(bench.engine.callsHeld()), fault);
    }
  }
}
