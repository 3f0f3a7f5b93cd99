package io.cartwheel.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.transport.wire.Peer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

  @Test
  void everyMessageComesBackAsItWent() throws MalformedException {
    var messages = new RandomMessages(7);
    for (int i = 0; i < 10_000; i++) {
      Message message = messages.next(i % RandomMessages.KINDS);
      byte[] frame = FrameEncoder.encode(message).toByteArray();
      assertThat(FrameDecoder.decode(frame)).isEqualTo(new Frame.Said(message));
    }
  }

  @Test
  void whatWasReadEncodesToTheSameBytes() throws MalformedException {
    var messages = new RandomMessages(8);
    for (int i = 0; i < 5_000; i++) {
      byte[] frame = FrameEncoder.encode(messages.next()).toByteArray();
      var said = (Frame.Said) FrameDecoder.decode(frame.clone());
      assertThat(FrameEncoder.encode(said.message()).toByteArray()).isEqualTo(frame);
    }
  }

  @Test
  void valuesAreSlicesOfTheFrame() throws MalformedException {
    byte[] value = "a value that is easily found".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] frame = FrameEncoder.encode(put(value)).toByteArray();
    var put = (Message.ReplicaPut) ((Frame.Said) FrameDecoder.decode(frame)).message();
    Bytes read = put.state().siblings().getFirst().content().value();
    Arrays.fill(frame, (byte) 'x');
    assertThat(read.toUtf8()).isEqualTo("x".repeat(value.length));
    assertThat(put.key().key().toUtf8()).isEqualTo("xxx");
  }

  @Test
  void fieldsOfNewerVersionsAreSkipped() throws MalformedException {
    var messages = new RandomMessages(9);
    byte[] newer = {(byte) 0xFA, 0x07, 3, 1, 2, 3};
    for (int i = 0; i < 1_000; i++) {
      Message message = messages.next();
      byte[] frame = FrameEncoder.encode(message).toByteArray();
      byte[] longer = Arrays.copyOf(frame, frame.length + newer.length);
      System.arraycopy(newer, 0, longer, frame.length, newer.length);
      assertThat(FrameDecoder.decode(longer)).isEqualTo(new Frame.Said(message));
    }
  }

  @Test
  void messagesOfNewerVersionsAreUnknown() throws MalformedException {
    byte[] newKind = {(byte) 0xFA, 0x07, 3, 1, 2, 3};
    assertThat(FrameDecoder.decode(newKind)).isEqualTo(new Frame.Unknown());
    var newDetail =
        Peer.ReplicaGet.newBuilder()
            .setKey(ByteString.copyFrom(ItemKey.of("b", "k").encoded().toArray()))
            .setDetailValue(99);
    assertThat(decode(Peer.PeerFrame.newBuilder().setReplicaGet(newDetail)))
        .isEqualTo(new Frame.Unknown());
    var newRefusal = Peer.Refused.newBuilder().setRefusalValue(99);
    assertThat(decode(Peer.PeerFrame.newBuilder().setRefused(newRefusal)))
        .isEqualTo(new Frame.Unknown());
    var newOutcome = Peer.ForwardedOutcome.newBuilder().setId(3);
    assertThat(decode(Peer.PeerFrame.newBuilder().setForwardedOutcome(newOutcome)))
        .isEqualTo(new Frame.Unknown());
  }

  @Test
  void numbersOutOfRangeAreMalformed() {
    byte[] key = ItemKey.of("b", "k").encoded().toArray();
    var get =
        Peer.ReplicaGet.newBuilder()
            .setKey(ByteString.copyFrom(key))
            .setDetail(Peer.ReplicaGet.Detail.FULL);
    assertMalformed(Peer.PeerFrame.newBuilder().setReplicaGet(get.clone().setTimeoutMillis(-1)));
    assertMalformed(Peer.PeerFrame.newBuilder().setReplicaGet(get.clone().clearKey()));
    var content = Content.value(Bytes.EMPTY, Description.NONE, 0, Bytes.EMPTY).encoded();
    var put =
        Peer.ForwardedPut.newBuilder()
            .setKey(ByteString.copyFrom(key))
            .setContent(ByteString.copyFrom(content.toArray()));
    assertMalformed(Peer.PeerFrame.newBuilder().setForwardedPut(put.clone().setW(132)));
    assertMalformed(Peer.PeerFrame.newBuilder().setForwardedPut(put.clone().setDw(-1)));
    assertMalformed(Peer.PeerFrame.newBuilder().setForwardedPut(put.clone().clearContent()));
    assertMalformed(Peer.PeerFrame.newBuilder().setForwardedPut(put.clone().setNodeConfirms(128)));
    var heartbeat = Peer.Heartbeat.newBuilder().setTimeoutMillis(-1);
    assertMalformed(Peer.PeerFrame.newBuilder().setHeartbeat(heartbeat));
  }

  @Test
  void owedToTooManyOrToNobodyIsMalformed() throws MalformedException {
    byte[] key = ItemKey.of("b", "k").encoded().toArray();
    var put = Peer.ReplicaPut.newBuilder().setKey(ByteString.copyFrom(key));
    for (int i = 1; i <= 64; i++) {
      put.addOwed(i);
    }
    var said = (Frame.Said) decode(Peer.PeerFrame.newBuilder().setReplicaPut(put.clone()));
    assertThat(((Message.ReplicaPut) said.message()).owed()).hasSize(64);
    assertMalformed(Peer.PeerFrame.newBuilder().setReplicaPut(put.clone().addOwed(65)));
    assertMalformed(Peer.PeerFrame.newBuilder().setReplicaPut(put.clone().setOwed(63, 0)));
  }

  @Test
  void versionsThatNewerMembersSayMoreOfAreUnderstood() throws MalformedException {
    var known = new Encoder(64);
    known.fixed64(1).fixed64(1).fixed64(7).u8(1).fixed64(2).fixed64(3).fixed32(4).fixed64(5);
    var newer = new Encoder(64).raw(known.toBytes()).text("more");
    Bytes versions = new Encoder(128).bytes(newer.toBytes()).bytes(known.toBytes()).toBytes();

    var said = (Frame.Said) decode(held(versions));
    var report = ((Message.Inspected) said.message()).report();
    var version =
        new KeyReport.Version(
            new Dot(new Epoch(1, 1), 7), true, new Hash128(2, 3), 4, 5, Optional.empty());
    assertThat(((KeyReport.Copy.Held) report.copy()).versions()).containsExactly(version, version);
  }

  @Test
  void aReportOfNonsenseIsMalformedAndOneOfANewerKindUnknown() throws MalformedException {
    assertMalformed(held(new Encoder(1).u8(1).u8(1).toBytes()));
    assertMalformed(held(new Encoder(1).u8(200).toBytes()));
    var negative = new Encoder(64);
    negative.fixed64(1).fixed64(1).fixed64(7).u8(0).fixed64(2).fixed64(3).fixed32(-4).fixed64(5);
    assertMalformed(held(new Encoder(64).bytes(negative.toBytes()).toBytes()));
    var absent = Peer.Inspected.newBuilder();
    absent.getAbsentBuilder();
    assertMalformed(Peer.PeerFrame.newBuilder().setInspected(absent.clone().addOwed(0)));
    var owed = absent.clone();
    for (int i = 1; i <= 128; i++) {
      owed.addOwed(i);
    }
    assertMalformed(Peer.PeerFrame.newBuilder().setInspected(owed));
    assertThat(decode(Peer.PeerFrame.newBuilder().setInspected(Peer.Inspected.newBuilder())))
        .isEqualTo(new Frame.Unknown());
    var inspect = Peer.Inspect.newBuilder().setTimeoutMillis(1);
    assertMalformed(Peer.PeerFrame.newBuilder().setInspect(inspect));
  }

  private static Peer.PeerFrame.Builder held(Bytes versions) {
    var held =
        Peer.Inspected.Held.newBuilder().setVersions(ByteString.copyFrom(versions.toArray()));
    return Peer.PeerFrame.newBuilder().setInspected(Peer.Inspected.newBuilder().setHeld(held));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void damagedFramesAreMalformedAndNothingElse(long seed) {
    var random = new Random(seed);
    var messages = new RandomMessages(seed);
    int malformed = 0;
    for (int i = 0; i < 8_000; i++) {
      byte[] frame = FrameEncoder.encode(messages.next()).toByteArray();
      byte[] damaged = damaged(frame, random);
      malformed += decodes(damaged) ? 0 : 1;
      Allocation.assertBoundedFor(damaged);
    }
    assertThat(malformed).isGreaterThan(2_000);
  }

  @Test
  void aLongTextIsRefusedBeforeAnythingIsMadeOfIt() {
    var noText = new byte[2_000];
    Arrays.fill(noText, (byte) 0xE0);
    var rejection = Peer.Rejection.newBuilder();
    byte[] frame =
        Peer.PeerFrame.newBuilder()
            .setRejection(rejection.setExplanation("x".repeat(2_000)))
            .build()
            .toByteArray();
    System.arraycopy(noText, 0, frame, frame.length - noText.length, noText.length);

    Allocation.assertBoundedFor(frame);
    assertThatThrownBy(() -> FrameDecoder.decode(frame)).isInstanceOf(MalformedException.class);
  }

  @Test
  void aFieldThatComesAgainIsRefusedBeforeAnythingIsMadeOfIt() throws IOException {
    var names = Peer.Hello.newBuilder().setName("n").build().toByteString();
    for (int doubled = 0; doubled < 12; doubled++) {
      names = names.concat(names);
    }
    var repeated =
        new byte[CodedOutputStream.computeBytesSize(Peer.PeerFrame.HELLO_FIELD_NUMBER, names)];
    CodedOutputStream.newInstance(repeated).writeBytes(Peer.PeerFrame.HELLO_FIELD_NUMBER, names);

    assertThatThrownBy(() -> FrameDecoder.decode(repeated))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("comes twice");
    Allocation.assertBoundedFor(repeated);
  }

  private static byte[] damaged(byte[] frame, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length));
      case 1 -> {
        var noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        yield noise;
      }
      default -> {
        byte[] changed = frame.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        yield changed;
      }
    };
  }

  @Test
  void lengthsThatLieAreNotBelieved() {
    // replica_put { state: 2 GiB } and the like, at each nesting.
    byte[][] lies = {
      {0x12, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07},
      {0x12, 7, 0x22, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07},
      {0x22, 9, 0x12, 7, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x07, 0},
      {0x22, 6, 0x12, 4, 1, 0, (byte) 0xFF, 0x7F}
    };
    for (byte[] lie : lies) {
      assertThat(decodes(lie)).isFalse();
      assertThat(bytesToDecode(lie)).isLessThan(64 << 10);
    }
  }

  @Test
  void manyUnknownFieldsTakeNoMemoryToSpeakOf() {
    var fields = new byte[3 << 20];
    for (int i = 0; i < fields.length; i += 3) {
      int tag = (100 + (i / 3) % 1900) << 3;
      fields[i] = (byte) (tag | 0x80);
      fields[i + 1] = (byte) (tag >>> 7);
      fields[i + 2] = 1;
    }
    assertThat(bytesToDecode(fields)).isLessThan(1 << 20);
  }

  @Test
  void deepGroupsAreMalformed() {
    var groups = new byte[1 << 20];
    Arrays.fill(groups, (byte) 0xFB);
    for (int i = 1; i < groups.length; i += 2) {
      groups[i] = 0x07;
    }
    assertThat(decodes(groups)).isFalse();
  }

  private static Frame decode(Peer.PeerFrame.Builder frame) throws MalformedException {
    return FrameDecoder.decode(frame.build().toByteArray());
  }

  private static void assertMalformed(Peer.PeerFrame.Builder frame) {
    assertThatThrownBy(() -> decode(frame)).isInstanceOf(MalformedException.class);
  }

  private static boolean decodes(byte[] frame) {
    try {
      FrameDecoder.decode(frame);
      return true;
    } catch (MalformedException e) {
      return false;
    }
  }

  private static long bytesToDecode(byte[] frame) {
    decodes(frame);
    return Allocation.by(() -> decodes(frame));
  }

  private static Message.ReplicaPut put(byte[] value) {
    Content content = Content.value(Bytes.wrap(value), Description.NONE, 1, Bytes.EMPTY);
    var dot = new Dot(new Epoch(1, 1), 1);
    VersionSet state = VersionSet.EMPTY.update(VersionVector.EMPTY, new Sibling(dot, content));
    return new Message.ReplicaPut(1, ItemKey.of("b", "key"), 1, state, List.of(), 0, 100);
  }
}
