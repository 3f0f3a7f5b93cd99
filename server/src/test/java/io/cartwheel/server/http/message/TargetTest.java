package io.cartwheel.server.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.item.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
  @Test
  void thePathIsSplitBeforeItIsDecoded() throws Exception {
    Target target = Target.parse("/buckets/a%2Fb/keys/c%3Fd+e?vtag=x%20y&r=1&r=2&flag");
    assertThat(target.path())
        .containsExactly(
            Bytes.utf8("buckets"), Bytes.utf8("a/b"), Bytes.utf8("keys"), Bytes.utf8("c?d+e"));
    assertThat(target.parameter("vtag")).contains("x y");
    assertThat(target.parameter("r")).contains("1");
    assertThat(target.parameter("flag")).contains("");
  }

  @Test
  void segmentsAreAnyBytes() throws Exception {
    Target target = Target.parse("/%00%ff%C3%A4");
    assertThat(target.path().getFirst().toArray())
        .containsExactly(0, (byte) 0xFF, (byte) 0xC3, (byte) 0xA4);
  }

  @Test
  void parametersAreAnyBytesToo() throws Exception {
    Target target = Target.parse("/?key=%ff%00%80&key=x&name=%C3%A4");
    assertThat(target.bytes("key").orElseThrow().toArray())
        .containsExactly((byte) 0xFF, 0, (byte) 0x80);
    assertThat(target.parameter("name")).contains("\u00e4");
    assertThat(target.bytes("none")).isEmpty();
  }

  @Test
  void theRootHasNoSegments() throws Exception {
    assertThat(Target.parse("/").path()).isEmpty();
    assertThat(Target.parse("/?x=1").path()).isEmpty();
    assertThat(Target.parse("http://host:1/ping").path()).containsExactly(Bytes.utf8("ping"));
    assertThat(Target.parse("http://host").path()).isEmpty();
  }

  @Test
  void theAuthorityEndsWherePathOrQueryBegins() throws Exception {
    Target target = Target.parse("http://host?x=/a");
    assertThat(target.path()).isEmpty();
    assertThat(target.parameter("x")).contains("/a");
    assertThat(Target.parse("HTTPS://user@[::1]:8098/a?b=//c").path())
        .containsExactly(Bytes.utf8("a"));
  }

  @Test
  void emptyPairsAreNoParameters() throws Exception {
    assertThat(Target.parse("/?&&a=1&&b=2&").query()).containsOnlyKeys("a", "b");
    assertThat(Target.parse("/?" + "&".repeat(1_000) + "r=1").parameter("r")).contains("1");
  }

  @Test
  void whatIsBehindTheLongestPathIsNotLookedAt() throws Exception {
    assertThat(Target.parse("/types/t/buckets/b/index/i/1/2").path()).hasSize(8);
    assertThat(Target.parse("/a".repeat(9)).path()).hasSize(9);
    assertThat(Target.parse("/a".repeat(3_000)).path()).hasSize(9);
  }

  @Test
  void moreThanAQueryHasIsRefused() throws Exception {
    assertThat(Target.parse("/?" + "a&".repeat(15) + "r=1").parameter("r")).contains("1");
    assertThatThrownBy(() -> Target.parse("/?" + "a&".repeat(16) + "r=1"))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.problem().status()).isEqualTo(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "ping",
        "//",
        "/a//b",
        "/a/",
        "/%",
        "/%4",
        "/%zz",
        "/%4g",
        "/\uFF21",
        "/a?x=%q",
        "/a\u0001b",
        "host:80",
        "ftp://host/a",
        "a b://host/a",
        "x?http://host/a",
        "http:///a",
        "http://?a",
        "http://host#/a"
      })
  void whatIsNoTargetIsRefused(String text) {
    assertThatThrownBy(() -> Target.parse(text)).isInstanceOf(RefusedException.class);
  }

  @Test
  void whatIsEncodedIsDecodedToTheSame() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    String text = "/" + PercentEncoder.encode(Bytes.wrap(all));
    assertThat(Target.parse(text).path()).containsExactly(Bytes.wrap(all));
  }
}
