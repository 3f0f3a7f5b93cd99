package io.cartwheel.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final Bytes TIME = new Encoder(8).fixed64(1_700_000_000_000L).toBytes();

  @Test
  void aContentSurvivesItsEncoding() {
    SeededCases.forEach(
        20_000,
        random -> {
          Content content = Drawn.content(random);
          assertEquals(content, Content.decode(content.encoded()));
        });
  }

  @Test
  void contentsAreOrderedAsTheyAreEqual() {
    SeededCases.forEach(
        20_000,
        random -> {
          Content one = Drawn.content(random);
          Content other = Drawn.content(random);
          assertEquals(one.equals(other), one.compareTo(other) == 0);
          assertEquals(Integer.signum(one.compareTo(other)), -Integer.signum(other.compareTo(one)));
        });
  }

  @Test
  void fieldsOfANewerVersionPassThrough() throws MalformedException {
    Bytes newer =
        field(field(minimal(), 9, Bytes.utf8("from")), 1_000, Bytes.utf8("the future")).toBytes();

    Content decoded = Content.decode(newer);

    assertThat(decoded.value().toUtf8()).isEqualTo("v");
    assertThat(decoded.encoded()).isEqualTo(newer);
    assertThat(decoded.writtenAt(7).withRequestId(Bytes.utf8("r")).unknownFields())
        .isEqualTo(decoded.unknownFields());
  }

  @Test
  void fieldsOfANewerVersionPassThroughAVersionSet() throws MalformedException {
    Content newer = Content.decode(field(minimal(), 9, Bytes.utf8("new")).toBytes());
    VersionSet state = Versions.alone(Versions.dot(1, 1), newer);

    VersionSet passedOn =
        VersionSet.decode(state.encoded())
            .merge(Versions.alone(Versions.dot(2, 1), Versions.value("other")));

    assertThat(passedOn.siblings()).extracting(Sibling::content).contains(newer);
    assertThat(VersionSet.decode(passedOn.encoded())).isEqualTo(passedOn);
  }

  /** What an older version does with a field that it does not know. */
  @Test
  void anExpiryPassesThroughWhereItIsUnknown() throws MalformedException {
    Content expiring = Versions.value("v").expiringAt(5);
    Bytes unread = new Encoder(16).varint(6).varint(8).fixed64(5).toBytes();
    var older =
        new Content(
            false,
            expiring.value(),
            expiring.description(),
            expiring.writtenMillis(),
            expiring.requestId(),
            Content.NEVER,
            unread);

    assertThat(older.encoded()).isEqualTo(expiring.encoded());
    assertThat(Content.decode(older.encoded()).expiresMillis()).isEqualTo(5);
  }

  @Test
  void onlyWhatExpiresIsEncodedWithAnExpiry() {
    int lasting = Versions.value("v").encoded().length();

    assertThat(Versions.value("v").expires()).isFalse();
    assertThat(Versions.value("v").expiringAt(0).encoded().length()).isEqualTo(lasting + 10);
    assertThat(Versions.value("v").expiringAt(0).writtenAt(7).withRequestId(Bytes.utf8("r")))
        .extracting(Content::expiresMillis)
        .isEqualTo(0L);
  }

  @Test
  void anEmptyValueIsAValue() throws MalformedException {
    Content decoded =
        Content.decode(Content.value(Bytes.EMPTY, Description.NONE, 1, Bytes.EMPTY).encoded());

    assertThat(decoded.tombstone()).isFalse();
    assertThat(decoded.value().isEmpty()).isTrue();
  }

  @Test
  void aContentWithoutValueOrTimeIsMalformed() {
    assertMalformed(field(new Encoder(32), 4, TIME));
    assertMalformed(field(new Encoder(32), 2, Bytes.EMPTY));
  }

  @Test
  void aTimeOfAnotherLengthIsMalformed() {
    assertMalformed(field(field(new Encoder(32), 2, Bytes.EMPTY), 4, TIME.slice(0, 7)));
    assertMalformed(
        field(
            field(new Encoder(32), 2, Bytes.EMPTY), 4, new Encoder(16).raw(TIME).u8(0).toBytes()));
  }

  @Test
  void anExpiryOfAnotherLengthIsMalformed() {
    assertMalformed(field(minimal(), 6, TIME.slice(0, 7)));
    assertMalformed(field(minimal(), 6, new Encoder(16).raw(TIME).u8(0).toBytes()));
    assertMalformed(field(minimal(), 6, Bytes.EMPTY));
  }

  @Test
  void fieldsOutOfOrderOrTwiceAreMalformed() {
    assertMalformed(field(field(new Encoder(32), 4, TIME), 2, Bytes.EMPTY));
    assertMalformed(field(minimal(), 4, TIME));
  }

  /** Otherwise equal contents had different bytes, and replicas of one state different digests. */
  @Test
  void aFieldThatSaysWhatItsAbsenceSaysIsMalformed() {
    Bytes nothing = Bytes.wrap(new byte[4]);
    assertMalformed(field(minimal(), 5, Bytes.EMPTY));
    assertMalformed(field(minimal(), 6, new Encoder(8).fixed64(Content.NEVER).toBytes()));
    assertMalformed(field(field(field(new Encoder(32), 2, Bytes.EMPTY), 3, nothing), 4, TIME));
    assertMalformed(field(field(field(new Encoder(32), 1, nothing), 2, Bytes.EMPTY), 4, TIME));
  }

  @Test
  void metadataOutOfOrderOrTwiceIsMalformed() {
    for (String second : new String[] {"a", "b"}) {
      Bytes description =
          new Encoder(32)
              .text("")
              .text("")
              .text("")
              .varint(2)
              .text("b")
              .text("1")
              .text(second)
              .text("2")
              .toBytes();
      assertMalformed(
          field(field(field(new Encoder(32), 2, Bytes.EMPTY), 3, description), 4, TIME));
    }
  }

  @Test
  void halfOfASurrogatePairIsReplacedBeforeItIsKept() throws MalformedException {
    var description =
        new Description(
            "\uD800", "x\uDC00y", "\uD83D\uDE00", new TreeMap<>(Map.of("\uD800", "\uDBFF")));
    Content content = Content.value(Bytes.EMPTY, description, 1, Bytes.EMPTY);

    assertThat(description.contentType()).isEqualTo("?");
    assertThat(description.contentEncoding()).isEqualTo("x?y");
    assertThat(description.links()).isEqualTo("\uD83D\uDE00");
    assertThat(description.userMetadata()).containsExactly(Map.entry("?", "?"));
    assertThat(Content.decode(content.encoded())).isEqualTo(content);
  }

  @Test
  void twinsShareTheirRequestAndWhatItWroteButNotTheirTimes() {
    Content first = Versions.value("v", 1, "r");

    assertThat(first.isTwinOf(Versions.value("v", 2, "r"))).isTrue();
    assertThat(first.isTwinOf(Versions.value("w", 1, "r"))).isFalse();
    assertThat(first.isTwinOf(Versions.value("v", 1, "s"))).isFalse();
    assertThat(Versions.value("v").isTwinOf(Versions.value("v"))).isFalse();
    assertThat(first.expiringAt(5).isTwinOf(first.expiringAt(9))).isTrue();
    assertThat(first.isTwinOf(first.expiringAt(5))).as("one that stays").isFalse();
    assertThat(
            first.isTwinOf(
                Content.value(
                    first.value(), Description.ofType("text/plain"), 1, first.requestId())))
        .isFalse();
  }

  private static Encoder minimal() {
    return field(field(new Encoder(32), 2, Bytes.utf8("v")), 4, TIME);
  }

  private static Encoder field(Encoder to, long tag, Bytes value) {
    return to.varint(tag).bytes(value);
  }

  private static void assertMalformed(Encoder encoding) {
    assertThatThrownBy(() -> Content.decode(encoding.toBytes()))
        .isInstanceOf(MalformedException.class);
  }
}
