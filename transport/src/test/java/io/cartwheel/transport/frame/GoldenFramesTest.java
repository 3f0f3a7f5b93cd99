package io.cartwheel.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.Segments;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.KeyDigests;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.message.KeyReport.Debt;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Likeness;
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
import io.cartwheel.transport.wire.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The encodings as they were when first released: members of all versions must read them. */
class GoldenFramesTest {
  private static final ItemKey KEY = ItemKey.of("carts", "alice");
  private static final Content CONTENT =
      Content.value(
          Bytes.utf8("book"),
          new Description("text/plain", "", "", new TreeMap<>(Map.of("shop", "berlin"))),
          1_700_000_000_123L,
          Bytes.utf8("request-1"));
  private static final TreeId TREE = new TreeId(200, 3);
  private static final Dot DOT = new Dot(new Epoch(0x0123_4567_89AB_CDEFL, 5), 7);
  private static final VersionSet STATE =
      VersionSet.EMPTY
          .update(VersionVector.EMPTY, new Sibling(DOT, CONTENT))
          .update(
              VersionVector.EMPTY,
              new Sibling(
                  new Dot(new Epoch(-2, 1), 300),
                  Content.tombstone(1_700_000_000_456L, Bytes.EMPTY)));
  private static final PutRequest.Options OPTIONS =
      new PutRequest.Options(
          Quorum.QUORUM, new Quorum.Exactly(1), Quorum.DEFAULT, Optional.empty(), 0, 5000, true);
  private static final PutRequest.Options STRICT =
      new PutRequest.Options(
          Quorum.QUORUM, new Quorum.Exactly(1), Quorum.DEFAULT, Optional.of(false), 3, 5000, true);

  private static final KeyReport HELD =
      new KeyReport(
          false,
          Copy.Held.of(STATE, 0x77L, Optional.of(DOT.epoch())),
          Optional.of(
              new Debt(
                  List.of(new MemberId(0x1234L), new MemberId(-5)),
                  Optional.of(1_700_000_000_789L))));

  private static final KeyReport EXPIRING =
      new KeyReport(
          false,
          Copy.Held.of(
              VersionSet.EMPTY.update(
                  VersionVector.EMPTY, new Sibling(DOT, CONTENT.expiringAt(1_700_000_009_999L))),
              0,
              Optional.empty()),
          Optional.empty());

  static Stream<Arguments> messages() {
    return Stream.of(
        golden(
            "replica-get-full",
            new Message.ReplicaGet(1, KEY, 9, Message.Detail.FULL, false, 5000)),
        golden(
            "replica-get-digest",
            new Message.ReplicaGet(2, KEY, 9, Message.Detail.DIGEST, false, 1)),
        golden(
            "replica-get-stand-in",
            new Message.ReplicaGet(1, KEY, 9, Message.Detail.FULL, true, 5000)),
        golden("replica-put", new Message.ReplicaPut(3, KEY, 9, STATE, List.of(), 0, 5000)),
        golden(
            "replica-put-owed",
            new Message.ReplicaPut(
                3, KEY, 9, STATE, List.of(new MemberId(0x1234L), new MemberId(-5)), 0, 5000)),
        golden(
            "forwarded-put",
            new Message.ForwardedPut(
                4, new PutRequest(KEY, CONTENT, STATE.clock(), 0xABCDL, OPTIONS), false, 0, 4000)),
        golden(
            "forwarded-put-strict",
            new Message.ForwardedPut(
                4, new PutRequest(KEY, CONTENT, STATE.clock(), 0xABCDL, STRICT), true, 0, 4000)),
        golden("replica-state", new Message.ReplicaState(5, STATE, true, 0)),
        golden("replica-state-empty", new Message.ReplicaState(6, VersionSet.EMPTY, false, 0)),
        golden(
            "replica-digest",
            new Message.ReplicaDigest(7, new Hash128(0x1122334455667788L, -1), true, 0)),
        golden("replica-stored", new Message.ReplicaStored(-1, true)),
        golden(
            "outcome-stored",
            new Message.ForwardedOutcome(
                9, new PutOutcome.Stored(STATE.clock(), true, 0xABCDL, STATE))),
        failed("outcome-unavailable", new Failure.Unavailable(2, 1, true)),
        failed("outcome-unavailable-owners", new Failure.Unavailable(2, 1, true, true)),
        failed("outcome-timeout", new Failure.Timeout(3, 2, 1, true)),
        failed("outcome-too-large", new Failure.TooLarge(2_000_000, 1_048_576)),
        failed("outcome-too-many-siblings", new Failure.TooManySiblings(100, 4096)),
        failed("outcome-invalid", new Failure.Invalid("w beyond n")),
        failed("outcome-overloaded", new Failure.Overloaded()),
        failed("outcome-storage-failed", new Failure.StorageFailed()),
        golden("refused-not-owner", new Message.Refused(10, Message.Refusal.NOT_OWNER)),
        golden("refused-overloaded", new Message.Refused(11, Message.Refusal.OVERLOADED)),
        golden("refused-expired", new Message.Refused(12, Message.Refusal.EXPIRED)),
        golden("refused-storage-failed", new Message.Refused(13, Message.Refusal.STORAGE_FAILED)),
        golden("refused-hints-full", new Message.Refused(14, Message.Refusal.HINTS_FULL)),
        golden("heartbeat", new Message.Heartbeat(15, 1000)),
        golden("alive", new Message.Alive(16, false)),
        golden("alive-slow", new Message.Alive(17, true)),
        golden("refused-not-ready", new Message.Refused(18, Message.Refusal.NOT_READY)),
        golden(
            "compare-roots",
            new Message.CompareRoots(
                19,
                List.of(
                    new Message.TreeRoot(TREE, hash(1)),
                    new Message.TreeRoot(new TreeId(65_535, 1), hash(-2))),
                10_000)),
        golden("roots-compared", new Message.RootsCompared(20, List.of(Likeness.values()))),
        golden(
            "compare-branches",
            new Message.CompareBranches(21, TREE, hashes(MerkleTree.BRANCHES), 10_000)),
        golden(
            "branches-compared",
            new Message.BranchesCompared(
                22,
                List.of(
                    new Message.BranchLeaves(0, hashes(MerkleTree.LEAVES_PER_BRANCH)),
                    new Message.BranchLeaves(31, hashes(MerkleTree.LEAVES_PER_BRANCH))))),
        golden("list-keys", new Message.ListKeys(23, TREE, segments(), Optional.of(KEY), 10_000)),
        golden(
            "keys-listed",
            new Message.KeysListed(
                24, KeyDigests.of(List.of(new Message.KeyDigest(KEY, hash(7)))), Optional.of(KEY))),
        golden(
            "keys-listed-to-the-end",
            new Message.KeysListed(25, KeyDigests.NONE, Optional.empty())),
        golden("repair-query", new Message.RepairQuery(26, true, 10_000)),
        golden(
            "repair-report",
            new Message.RepairReport(27, new Message.RepairState(true, 5, 1_000_000))),
        golden("inspect", new Message.Inspect(18, KEY, 5000)),
        golden("inspected-held", new Message.Inspected(19, HELD)),
        golden(
            "inspected-segment",
            new Message.Inspected(
                22,
                new KeyReport(
                    false,
                    new Copy.Absent(),
                    Optional.empty(),
                    Optional.of(new KeyReport.Segment(TREE, 517, Optional.of(hash(9))))))),
        golden(
            "inspected-segment-not-vouched-for",
            new Message.Inspected(
                23,
                new KeyReport(
                    false,
                    new Copy.Absent(),
                    Optional.empty(),
                    Optional.of(new KeyReport.Segment(TREE, 0, Optional.empty()))))),
        golden("inspected-expiring", new Message.Inspected(24, EXPIRING)),
        golden(
            "inspected-absent",
            new Message.Inspected(20, new KeyReport(false, new Copy.Absent(), Optional.empty()))),
        golden(
            "inspected-damaged",
            new Message.Inspected(
                21,
                new KeyReport(
                    true,
                    new Copy.Damaged(),
                    Optional.of(new Debt(List.of(new MemberId(-5)), Optional.empty()))))));
  }

  private static Hash128 hash(long seed) {
    return new Hash128(seed, ~seed);
  }

  private static List<Hash128> hashes(int count) {
    return LongStream.range(0, count).mapToObj(GoldenFramesTest::hash).toList();
  }

  private static Segments segments() {
    var segments = new Segments();
    segments.add(0);
    segments.add(9);
    segments.add(1023);
    return segments;
  }

  private static Arguments golden(String name, Message message) {
    return Arguments.of(name, FrameEncoder.encode(message), new Frame.Said(message));
  }

  private static Arguments failed(String name, Failure failure) {
    return golden(name, new Message.ForwardedOutcome(8, new PutOutcome.Failed(failure)));
  }

  static Stream<Arguments> handshakes() {
    var hello =
        Peer.Hello.newBuilder()
            .setProtocol(1)
            .setClusterId(0x1122334455667788L)
            .setPartitions(256)
            .setMemberId(-3)
            .setName("n1")
            .setRole(Peer.Role.ROLE_MEMBER)
            .setShards(4)
            .setLink(3)
            .setEstablished(true)
            .setMaxFrameBytes(64 << 20)
            .setWantedMemberId(17)
            .setDirectory(0x1020304050607080L)
            .build();
    var welcome =
        Peer.Welcome.newBuilder()
            .setMemberId(17)
            .setName("n2")
            .setShards(2)
            .setEstablished(true)
            .setMetBefore(true)
            .setMaxFrameBytes(64 << 20)
            .setDirectory(-9)
            .build();
    var rejection =
        Peer.Rejection.newBuilder()
            .setReason(Peer.Rejection.Reason.WRONG_CLUSTER)
            .setExplanation("another cluster")
            .build();
    Peer.PeerFrame.Builder to = Peer.PeerFrame.newBuilder();
    return Stream.of(
        Arguments.of("hello", to.setHello(hello).build(), new Frame.Greeted(hello)),
        Arguments.of("welcome", to.setWelcome(welcome).build(), new Frame.Welcomed(welcome)),
        Arguments.of(
            "rejection", to.setRejection(rejection).build(), new Frame.Rejected(rejection)),
        Arguments.of("ping", FrameEncoder.PING, new Frame.Pinged()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"messages", "handshakes"})
  void isEncodedAsItEverWas(String name, Peer.PeerFrame encoded, Frame meaning)
      throws IOException, MalformedException {
    byte[] golden = HexFormat.of().parseHex(golden(name));
    assertThat(FrameDecoder.decode(golden)).isEqualTo(meaning);
    assertThat(HexFormat.of().formatHex(encoded.toByteArray())).isEqualTo(golden(name));
  }

  private static String golden(String name) throws IOException {
    String file = "/golden/" + name + ".hex";
    try (InputStream in = GoldenFramesTest.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", "");
    }
  }
}
