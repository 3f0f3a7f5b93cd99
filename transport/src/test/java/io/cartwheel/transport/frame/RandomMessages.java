package io.cartwheel.transport.frame;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.Segments;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.KeyDigests;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Messages of all kinds, drawn from a seed. */
final class RandomMessages {
  static final int KINDS = 28;

  private final Random random;

  RandomMessages(long seed) {
    random = new Random(seed);
  }

  Message next() {
    return next(random.nextInt(KINDS));
  }

  Message next(int kind) {
    long id = random.nextLong();
    return switch (kind) {
      case 0 ->
          new Message.ReplicaGet(
              id,
              key(),
              random.nextLong(),
              pick(Message.Detail.values()),
              random.nextBoolean(),
              count());
      case 1 ->
          new Message.ReplicaPut(id, key(), random.nextLong(), state(), owed(), barrier(), count());
      case 2 -> new Message.ForwardedPut(id, put(), random.nextBoolean(), barrier(), count());
      case 3 -> new Message.ReplicaState(id, state(), random.nextBoolean(), barrier());
      case 4 ->
          new Message.ReplicaDigest(
              id,
              new Hash128(random.nextLong(), random.nextLong()),
              random.nextBoolean(),
              barrier());
      case 5 -> new Message.ReplicaStored(id, random.nextBoolean());
      case 6 -> new Message.ForwardedOutcome(id, outcome());
      case 7 -> new Message.Refused(id, pick(Message.Refusal.values()));
      case 8 -> new Message.Heartbeat(id, count());
      case 9 -> new Message.Alive(id, random.nextBoolean());
      case 10 -> new Message.Inspect(id, key(), count());
      case 11 -> new Message.Inspected(id, report());
      case 12, 13, 14, 15, 16, 17, 18, 19 -> tree(kind - 12);
      default -> forgetting(kind - 20);
    };
  }

  private Message tree(int kind) {
    return switch (kind) {
      case 0 -> new Message.CompareRoots(id(), some(1, this::root), count());
      case 1 -> new Message.RootsCompared(id(), some(0, () -> pick(Message.Likeness.values())));
      case 2 -> new Message.CompareBranches(id(), treeId(), hashes(MerkleTree.BRANCHES), count());
      case 3 ->
          new Message.BranchesCompared(
              id(),
              List.of(
                  new Message.BranchLeaves(3, hashes(MerkleTree.LEAVES_PER_BRANCH)),
                  new Message.BranchLeaves(30, hashes(MerkleTree.LEAVES_PER_BRANCH))));
      case 4 -> new Message.ListKeys(id(), treeId(), segments(), maybeKey(), count());
      case 5 ->
          new Message.KeysListed(
              id(), KeyDigests.of(some(0, () -> new Message.KeyDigest(key(), hash()))), maybeKey());
      case 6 -> new Message.RepairQuery(id(), random.nextBoolean(), count());
      case 7 ->
          new Message.RepairReport(id(), new Message.RepairState(random.nextBoolean(), id(), id()));
      default -> throw new IllegalArgumentException("kind " + kind);
    };
  }

  private Message forgetting(int kind) {
    return switch (kind) {
      case 0 -> new Message.BarrierQuery(id(), barrier(), barrier(), count());
      case 1 -> new Message.BarrierReport(id(), standing(), barrier());
      case 2 -> new Message.ConfirmForgettable(id(), treeId(), some(1, this::forgettable), count());
      case 3 ->
          new Message.ForgettableConfirmed(id(), some(0, random::nextBoolean), id(), barrier());
      case 4 -> new Message.Forget(id(), treeId(), some(1, this::forgettable), barrier(), count());
      case 5 -> new Message.Forgot(id(), count());
      case 6 -> new Message.ForgotQuery(id(), barrier(), count());
      case 7 ->
          new Message.ForgotReport(
              id(), some(0, () -> random.nextInt(1 << 16)).stream().sorted().distinct().toList());
      default -> throw new IllegalArgumentException("kind " + kind);
    };
  }

  private Standing standing() {
    var last = new TreeMap<Integer, Long>();
    some(0, () -> random.nextInt(1 << 16)).forEach(partition -> last.put(partition, barrier()));
    return new Standing(id(), barrier(), barrier(), new Foreign(barrier(), last));
  }

  private Message.Forgettable forgettable() {
    return new Message.Forgettable(key(), hash(), hash());
  }

  private long barrier() {
    return random.nextLong(Long.MAX_VALUE / 2);
  }

  private long id() {
    return random.nextLong();
  }

  private Message.TreeRoot root() {
    return new Message.TreeRoot(treeId(), hash());
  }

  private TreeId treeId() {
    return new TreeId(random.nextInt(1 << 16), 1 + random.nextInt(Quorum.MAX));
  }

  private Segments segments() {
    var segments = new Segments();
    some(0, () -> random.nextInt(MerkleTree.SEGMENTS)).forEach(segments::add);
    return segments;
  }

  private Optional<ItemKey> maybeKey() {
    return random.nextBoolean() ? Optional.of(key()) : Optional.empty();
  }

  private Hash128 hash() {
    return new Hash128(random.nextLong(), random.nextLong());
  }

  private List<Hash128> hashes(int count) {
    return Stream.generate(this::hash).limit(count).toList();
  }

  private <T> List<T> some(int least, Supplier<T> each) {
    return Stream.generate(each).limit(least + random.nextInt(5)).toList();
  }

  private PutRequest put() {
    var options =
        new PutRequest.Options(
            quorum(),
            quorum(),
            quorum(),
            random.nextBoolean() ? Optional.of(random.nextBoolean()) : Optional.empty(),
            random.nextInt(Quorum.MAX + 1),
            count(),
            random.nextBoolean());
    return new PutRequest(key(), content(), state().clock(), random.nextLong(), options);
  }

  private KeyReport report() {
    KeyReport.Copy copy =
        switch (random.nextInt(5)) {
          case 0 -> new KeyReport.Copy.Absent();
          case 1 -> new KeyReport.Copy.Damaged();
          default ->
              KeyReport.Copy.Held.of(
                  state(),
                  random.nextBoolean() ? 0 : random.nextLong(),
                  random.nextBoolean()
                      ? Optional.empty()
                      : Optional.of(new Epoch(random.nextLong(), random.nextLong())));
        };
    List<MemberId> owed = owed();
    Optional<Long> since = random.nextBoolean() ? Optional.empty() : Optional.of(random.nextLong());
    return new KeyReport(
        random.nextBoolean(),
        copy,
        owed.isEmpty() ? Optional.empty() : Optional.of(new KeyReport.Debt(owed, since)),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new KeyReport.Segment(
                    treeId(),
                    random.nextInt(MerkleTree.SEGMENTS),
                    random.nextBoolean() ? Optional.of(hash()) : Optional.empty())));
  }

  private List<MemberId> owed() {
    return random.longs(random.nextInt(4)).mapToObj(id -> new MemberId(id | 1)).toList();
  }

  private PutOutcome outcome() {
    return random.nextBoolean()
        ? new PutOutcome.Stored(state().clock(), random.nextBoolean(), random.nextLong(), state())
        : new PutOutcome.Failed(failure());
  }

  private Failure failure() {
    return switch (random.nextInt(7)) {
      case 0 ->
          new Failure.Unavailable(count(), count(), random.nextBoolean(), random.nextBoolean());
      case 1 -> new Failure.Timeout(count(), count(), count(), random.nextBoolean());
      case 2 -> new Failure.TooLarge(count(), count());
      case 3 -> new Failure.TooManySiblings(count(), count());
      case 4 -> new Failure.Invalid("w beyond n, ümlaut " + count());
      case 5 -> new Failure.Overloaded();
      default -> new Failure.StorageFailed();
    };
  }

  private VersionSet state() {
    VersionSet state = VersionSet.EMPTY;
    for (int i = random.nextInt(4); i > 0; i--) {
      var epoch = new Epoch(random.nextLong(), random.nextInt(1000));
      var dot = new Dot(epoch, epoch.first() + random.nextInt(1 << random.nextInt(20)));
      VersionVector seen = random.nextInt(3) == 0 ? state.clock() : VersionVector.EMPTY;
      state = state.update(seen, new Sibling(dot, content()));
    }
    return state;
  }

  private Content content() {
    Bytes requestId = bytes(0, Content.MAX_REQUEST_ID_BYTES);
    if (random.nextInt(5) == 0) {
      return Content.tombstone(random.nextLong(), requestId);
    }
    var metadata = new TreeMap<String, String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      metadata.put("name-" + random.nextInt(100), "wert-ß-" + random.nextInt());
    }
    var description =
        random.nextBoolean()
            ? Description.NONE
            : new Description("text/plain", "gzip", "</buckets/b>; rel=\"up\"", metadata);
    Content content = Content.value(bytes(0, 300), description, random.nextLong(), requestId);
    return random.nextInt(4) == 0 ? content.expiringAt(random.nextLong()) : content;
  }

  private Quorum quorum() {
    return random.nextBoolean()
        ? new Quorum.Exactly(random.nextInt(Quorum.MAX + 1))
        : pick(
            List.of(Quorum.ONE, Quorum.QUORUM, Quorum.ALL, Quorum.DEFAULT).toArray(new Quorum[0]));
  }

  private ItemKey key() {
    return new ItemKey(
        bytes(1, ItemKey.MAX_NAME_BYTES),
        bytes(1, ItemKey.MAX_NAME_BYTES),
        bytes(1, ItemKey.MAX_KEY_BYTES));
  }

  private Bytes bytes(int least, int most) {
    var array = new byte[least + random.nextInt(random.nextBoolean() ? 8 : most - least + 1)];
    random.nextBytes(array);
    return Bytes.wrap(array);
  }

  private int count() {
    return random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31);
  }

  private <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }
}
