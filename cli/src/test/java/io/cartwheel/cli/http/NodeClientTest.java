package io.cartwheel.cli.http;

import static io.cartwheel.cli.ScriptedNode.answer;
import static io.cartwheel.cli.ScriptedNode.early;
import static io.cartwheel.cli.ScriptedNode.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.cartwheel.cli.ScriptedNode;
import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.core.item.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeClientTest {
  private static final Request GET = Request.of("GET", "/ping");
  private static final Request PUT =
      Request.of("PUT", "/x").withBody(Bytes.wrap(new byte[8 << 20]));

  @Test
  void anAnswerOfAnnouncedLengthIsRead() throws CommandFailed {
    try (var node = new ScriptedNode(answer("200 OK", "hello", "X-One: 1", "x-two:  2 "))) {
      Response response = client(node).exchange(GET);
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body().toUtf8()).isEqualTo("hello");
      assertThat(response.header("x-one")).contains("1");
      assertThat(response.header("X-Two")).contains("2");
      assertThat(response.header("X-Three")).isEmpty();
      assertThat(node.asked().getFirst().head())
          .startsWith("GET /ping HTTP/1.1\r\n")
          .contains("Host: " + node.address())
          .doesNotContain("Content-Length");
    }
  }

  @Test
  void chunksAreJoined() throws CommandFailed {
    String chunks = "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: z\r\n\r\n";
    try (var node =
        new ScriptedNode(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks))) {
      assertThat(client(node).exchange(GET).body().toUtf8()).isEqualTo("hello world");
    }
  }

  @Test
  void anAnswerWithoutALengthEndsWithItsConnection() throws CommandFailed {
    try (var node = new ScriptedNode(raw("HTTP/1.0 200 OK\r\n\r\nto the end"))) {
      assertThat(client(node).exchange(GET).body().toUtf8()).isEqualTo("to the end");
    }
  }

  @Test
  void interimAnswersAreSkipped() throws CommandFailed {
    try (var node =
        new ScriptedNode(raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"))) {
      assertThat(client(node).exchange(GET).status()).isEqualTo(204);
    }
  }

  @Test
  void anEarlyRefusalCountsThoughTheBodyWasNotTaken() throws CommandFailed {
    String refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\n\r\ntoo large";
    try (var node = new ScriptedNode(early(refusal))) {
      assertThat(client(node).exchange(PUT).status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"
      })
  void anAnswerCutShortIsNoAnswer(String cut) {
    try (var node = new ScriptedNode(raw(cut))) {
      assertFails(node, GET, ExitCode.UNAVAILABLE, "broke off");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 twohundred\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n"
      })
  void whatIsNotHttpIsToldSo(String garbage) {
    try (var node = new ScriptedNode(raw(garbage))) {
      assertFails(node, GET, ExitCode.FAILED, "is it the HTTP port?");
    }
  }

  @Test
  void anEndlessHeadIsRefused() {
    String endless = "HTTP/1.1 200 OK\r\n" + "X-Filler: y\r\n".repeat(10_000);
    try (var node = new ScriptedNode(raw(endless))) {
      assertFails(node, GET, ExitCode.FAILED, "a head of more than");
    }
  }

  @Test
  void aSilentNodeIsATimeoutAndAWritesFateIsUnknown() throws IOException {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var client =
          new NodeClient(
              new NodeAddress("127.0.0.1", silent.getLocalPort()), Duration.ofMillis(100));
      assertFails(client, GET, ExitCode.TIMEOUT, "did not answer within 100 ms");
      assertFails(client, Request.of("DELETE", "/x"), ExitCode.TIMEOUT, "is not known");
    }
  }

  @Test
  void nobodyThereIsUnavailableAndSaysHowToStartANode() {
    NodeAddress address;
    try (var node = new ScriptedNode()) {
      address = node.address();
    }
    assertFails(
        new NodeClient(address, Duration.ofSeconds(1)),
        GET,
        ExitCode.UNAVAILABLE,
        "no node answers at "
            + address
            + " (connection refused): start one with 'cartwheel server'");
  }

  private static NodeClient client(ScriptedNode node) {
    return new NodeClient(node.address(), Duration.ofSeconds(10));
  }

  private static void assertFails(
      ScriptedNode node, Request request, ExitCode code, String message) {
    assertFails(client(node), request, code, message);
  }

  private static void assertFails(
      NodeClient client, Request request, ExitCode code, String message) {
    assertThatThrownBy(() -> client.exchange(request))
        .hasMessageContaining(message)
        .hasMessageContaining(client.node().toString())
        .asInstanceOf(type(CommandFailed.class))
        .extracting(CommandFailed::code)
        .isEqualTo(code);
  }
}
