package io.cartwheel.core.version;

import static io.cartwheel.core.version.Versions.covering;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.GoldenFile;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.version.CausalContext.Check;
import io.cartwheel.core.version.CausalContext.Kind;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pins what is on disks and in clients' hands. The files were made from the documented layouts by
 * other code than this.
 */
class GoldenEncodingTest {
  private static final Epoch ONE = new Epoch(0x0102_0304_0506_0708L, 1);
  private static final Epoch OTHER = new Epoch(-2, 300);
  private static final VersionVector CLOCK = covering(new Dot(OTHER, 301), new Dot(ONE, 5));

  /** The state that the golden files of version sets and records hold. */
  public static VersionSet state() {
    var metadata = new TreeMap<>(Map.of("size", "XL", "color", "gr\u00FCn"));
    var description =
        new Description("text/plain; charset=utf-8", "gzip", "</buckets/b>; rel=\"up\"", metadata);
    Bytes newer = new Encoder(8).varint(9).text("new").toBytes();
    var value =
        new Content(
            false,
            Bytes.utf8("hello"),
            description,
            1_700_000_000_000L,
            Bytes.utf8("r1"),
            Content.NEVER,
            newer);
    return VersionSet.EMPTY
        .update(VersionVector.EMPTY, new Sibling(new Dot(ONE, 3), value))
        .update(covering(new Dot(ONE, 2)), new Sibling(new Dot(ONE, 5), value))
        .update(
            covering(new Dot(ONE, 1)),
            new Sibling(new Dot(OTHER, 301), Content.tombstone(1_700_000_000_001L, Bytes.EMPTY)))
        .keeping(sibling -> sibling.dot().counter() != 5);
  }

  @Test
  void aVersionSetIsEncodedAsEver() throws MalformedException {
    Bytes golden = GoldenFile.read("version-set");

    assertThat(GoldenFile.hex(state().encoded())).isEqualTo(GoldenFile.hex(golden));
    assertThat(VersionSet.decode(golden)).isEqualTo(state());
  }

  @Test
  void aVersionSetWithAnExpiryIsEncodedAsEver() throws MalformedException {
    Bytes golden = GoldenFile.read("version-set-expiring");
    var content =
        new Content(
            false,
            Bytes.utf8("hello"),
            Description.NONE,
            1_700_000_000_000L,
            Bytes.utf8("r1"),
            1_700_000_060_000L,
            new Encoder(8).varint(9).text("new").toBytes());
    VersionSet state = Versions.alone(new Dot(ONE, 5), content);

    assertThat(GoldenFile.hex(state.encoded())).isEqualTo(GoldenFile.hex(golden));
    assertThat(VersionSet.decode(golden)).isEqualTo(state);
  }

  @Test
  void anEmptyVersionSetIsEncodedAsEver() throws MalformedException {
    Bytes golden = GoldenFile.read("version-set-empty");

    assertThat(VersionSet.EMPTY.encoded()).isEqualTo(golden);
    assertThat(VersionSet.decode(golden)).isEqualTo(VersionSet.EMPTY);
  }

  @ParameterizedTest
  @EnumSource
  void aTokenIsEncodedAsEver(Kind kind) {
    var binding = ContextBinding.of(0x0123_4567_89AB_CDEFL, ItemKey.of("carts", "alice"));
    var context = new CausalContext(kind, 42, CLOCK);
    Bytes golden =
        GoldenFile.read(
            switch (kind) {
              case CONTEXT -> "context";
              case FLOOR -> "floor";
            });

    assertThat(GoldenFile.hex(context.encode(binding))).isEqualTo(GoldenFile.hex(golden));
    assertThat(CausalContext.check(golden, binding)).isEqualTo(new Check.Valid(context));
  }
}
