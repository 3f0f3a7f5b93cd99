package io.cartwheel.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8098", "localhost:1", "node-1.example:65535", "[::1]:8098"})
  void anAddressReadsBackAsItWasWritten(String text) {
    assertThat(NodeAddress.parse(text)).map(NodeAddress::toString).contains(text);
  }

  @Test
  void bracketsAreNotPartOfTheHost() {
    assertThat(NodeAddress.parse("[::1]:80")).contains(new NodeAddress("::1", 80));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        ":80",
        "a:0",
        "a:65536",
        "a:999999",
        "a:b",
        "::1:80",
        "http://a:1"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThat(NodeAddress.parse(text)).isEmpty();
  }
}
