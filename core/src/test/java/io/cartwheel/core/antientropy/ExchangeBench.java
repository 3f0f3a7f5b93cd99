package io.cartwheel.core.antientropy;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.Counts;
import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.NoBarriers;
import io.cartwheel.core.fixture.NoRepairs;
import io.cartwheel.core.fixture.VirtualTime;
import io.cartwheel.core.fixture.Wire;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.node.ShardPorts;
import io.cartwheel.core.node.ShardSettings;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.ring.RingPosition;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Members that compare themselves with one another, each with a single shard. What goes between
 * them is theirs to answer, or the test's.
 */
final class ExchangeBench {
  static final MemberId A = new MemberId(1);
  static final MemberId B = new MemberId(2);
  static final int PARTITIONS = 2;

  static final MemberId C = new MemberId(3);

  private final Ring ring;
  private Function<Message.Request, Optional<Message.Reply>> strange = _ -> Optional.empty();
  final VirtualTime time = new VirtualTime();
  final Member a;
  final Member b;

  ExchangeBench() {
    this(List.of(A, B), Map.of("default", 3), Map.of("default", 3));
  }

  /**
   * Members with bucket types of their own.
   *
   * @param owners of every partition; who is neither of the two never answers
   * @param typesOfA their n by their names
   */
  ExchangeBench(
      List<MemberId> owners, Map<String, Integer> typesOfA, Map<String, Integer> typesOfB) {
    ring = new Ring(1, Collections.nCopies(PARTITIONS, owners));
    a = new Member(A, typesOfA);
    b = new Member(B, typesOfB);
  }

  /** A key of the first partition. */
  static ItemKey key(int number) {
    return key("default", number);
  }

  static ItemKey key(String type, int number) {
    return Stream.iterate(0, salt -> salt + 1)
        .map(salt ->
            new ItemKey(
                Bytes.utf8(type), Bytes.utf8("carts"), Bytes.utf8("k" + number + "/" + salt)))
        .filter(key -> RingPosition.of(key).partitionOf(PARTITIONS) == 0)
        .findFirst()
        .orElseThrow();
  }

  /** Lets time pass while both answer each other. */
  void pass(long millis) {
    for (long left = millis; left > 0; left -= 50) {
      time.pass(Math.min(left, 50));
      while (a.answeredBy(b) || b.answeredBy(a)) {
        // What they answer has them ask more.
      }
    }
  }

  /** From now on B answers so, or as it should where this is empty. */
  void answersToA(Function<Message.Request, Optional<Message.Reply>> answers) {
    strange = answers;
  }

  /** A member with its disk. */
  final class Member {
    final ListedEngine engine = new ListedEngine();
    final Wire wire = new Wire();
    final Counts counts = new Counts();
    private final TreeMap<Bytes, BucketType> types = new TreeMap<>();
    Shard shard;
    private final MemberId self;

    Member(MemberId self, Map<String, Integer> declared) {
      this.self = self;
      declared.forEach((name, n) -> types.put(Bytes.utf8(name), type(name, n)));
      shard = start(_ -> {});
    }

    /** The process ends, and comes back with its disk. */
    void restart(Consumer<Shard> beforeItsStart) {
      shard.endRepairs();
      wire.underWay().forEach(wire::take);
      shard = start(beforeItsStart);
    }

    private Shard start(Consumer<Shard> beforeItsStart) {
      var random = new SplittableRandom(self.value());
      var fresh =
          new Shard(
              new ShardPorts(
                  time,
                  time,
                  random::nextLong,
                  wire,
                  engine,
                  counts,
                  new NoRepairs(),
                  new NoBarriers()),
              new ClusterView(1, self, ring, types, false),
              ShardSettings.alone());
      beforeItsStart.accept(fresh);
      MemberId other = self.equals(A) ? B : A;
      wire.connect(other);
      fresh.connected(other);
      fresh.start();
      return fresh;
    }

    /** What it answers at once. */
    List<Message.Reply> answers(Message.Request request) {
      var replies = new ArrayList<Message.Reply>();
      shard.received(self, request, replies::add);
      return replies;
    }

    KeyReport.Segment segmentOf(ItemKey key) {
      var inspected = (Message.Inspected) answers(new Message.Inspect(0, key, 1_000)).getFirst();
      return inspected.report().segment().orElseThrow();
    }

    private static BucketType type(String name, int n) {
      BucketType like = BucketType.byDefault();
      return new BucketType(name, n, like.quorums(), like.policy(), like.fanout(), like.limits());
    }

    /** Holds a key in some state of its own, and nobody else does. */
    VersionSet holds(ItemKey key, long seed) {
      var random = new SplittableRandom(seed);
      VersionSet state =
          Stream.generate(() -> Drawn.state(random))
              .filter(drawn -> !drawn.isEmpty())
              .findFirst()
              .orElseThrow();
      shard.received(self, new Message.ReplicaPut(0, key, 1, state, List.of(), 0, 1_000), _ -> {});
      return state;
    }

    /** Answers for what this member asks. */
    boolean answeredBy(Member other) {
      List<Wire.Sent> asked = wire.underWay();
      asked.forEach(sent -> {
        wire.take(sent);
        Optional<Message.Reply> instead =
            self.equals(A) ? strange.apply(sent.request()) : Optional.empty();
        if (instead.isPresent()) {
          shard.replied(other.self, instead.get());
          return;
        }
        other.shard.received(self, sent.request(), reply -> shard.replied(other.self, reply));
      });
      return !asked.isEmpty();
    }

    <T extends Message.Request> List<T> everAsked(Class<T> kind) {
      var asked = new ArrayList<T>();
      wire.everSent().stream()
          .filter(sent -> kind.isInstance(sent.request()))
          .forEach(sent -> asked.add(kind.cast(sent.request())));
      return asked;
    }
  }
}
