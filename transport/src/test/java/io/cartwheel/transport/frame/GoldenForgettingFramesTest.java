package io.cartwheel.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Forgettable;
import io.cartwheel.core.version.VersionSet;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What barriers and forgetting say, and stamps, as they were when first released. */
class GoldenForgettingFramesTest {
  private static final ItemKey KEY = ItemKey.of("carts", "alice");
  private static final TreeId TREE = new TreeId(200, 3);
  private static final List<Forgettable> KEYS =
      List.of(
          new Forgettable(KEY, new Hash128(1, 2), new Hash128(3, 4)),
          new Forgettable(ItemKey.of("carts", "bob"), new Hash128(-1, -2), new Hash128(-3, -4)));

  static Stream<Arguments> messages() {
    var foreign = new Foreign(9, new TreeMap<>(Map.of(7, 11L, 200, 12L)));
    return Stream.of(
        golden("barrier-query", new Message.BarrierQuery(1, 12, 11, 2_000)),
        golden(
            "barrier-report",
            new Message.BarrierReport(2, new Standing(0x77, 13, 12, foreign), 11)),
        golden("confirm-forgettable", new Message.ConfirmForgettable(3, TREE, KEYS, 10_000)),
        golden(
            "forgettable-confirmed",
            new Message.ForgettableConfirmed(4, List.of(true, false), 0x77, 12)),
        golden("forget", new Message.Forget(5, TREE, KEYS, 14, 10_000)),
        golden("forgot", new Message.Forgot(6, 2)),
        golden("forgot-query", new Message.ForgotQuery(7, 5, 5_000)),
        golden("forgot-report", new Message.ForgotReport(8, List.of(0, 200, 65_535))),
        golden("refused-outdated", new Message.Refused(9, Message.Refusal.OUTDATED)),
        golden("replica-state-stamped", new Message.ReplicaState(10, VersionSet.EMPTY, false, 12)),
        golden(
            "replica-put-stamped",
            new Message.ReplicaPut(11, KEY, 9, VersionSet.EMPTY, List.of(), 12, 5_000)),
        golden(
            "replica-digest-stamped", new Message.ReplicaDigest(12, new Hash128(1, 2), false, 12)));
  }

  private static Arguments golden(String name, Message message) {
    return Arguments.of(name, message);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void isWrittenAndReadAsEver(String name, Message message) throws Exception {
    byte[] golden = HexFormat.of().parseHex(text(name));
    assertThat(HexFormat.of().formatHex(FrameEncoder.encode(message).toByteArray()))
        .isEqualTo(text(name));
    assertThat(FrameDecoder.decode(golden)).isEqualTo(new Frame.Said(message));
  }

  private static String text(String name) throws Exception {
    try (var file =
        GoldenForgettingFramesTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
      assertThat(file).as("golden/" + name + ".hex").isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII).strip();
    }
  }
}
