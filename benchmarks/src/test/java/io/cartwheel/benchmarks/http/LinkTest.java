package io.cartwheel.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final ItemRequests requests = new ItemRequests("default", "b", 0);

  @Test
  void requestsShareOneConnection() throws IOException {
    try (var node = new StubNode(head -> OK);
        var link = new Link(List.of(node.node()), TIMEOUT)) {
      assertThat(get(link)).isInstanceOf(Answer.class);
      assertThat(get(link)).isInstanceOf(Answer.class);
      assertThat(node.connections()).isEqualTo(1);
      assertThat(link.failovers()).isZero();
    }
  }

  @Test
  void aNodeThatRefusesIsPassedOverWithoutAnError() throws IOException {
    try (var node = new StubNode(head -> OK);
        var link = new Link(List.of(gone(), node.node()), TIMEOUT)) {
      assertThat(get(link)).isInstanceOf(Answer.class);
      assertThat(link.failovers()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatBreaksIsAnErrorAndTheNextRequestGoesElsewhere() throws IOException {
    try (var broken = new StubNode(head -> "");
        var node = new StubNode(head -> OK);
        var link = new Link(List.of(broken.node(), node.node()), TIMEOUT)) {
      assertThat(get(link)).isEqualTo(Failure.BROKEN);
      assertThat(get(link)).isInstanceOf(Answer.class);
      assertThat(node.heads()).hasSize(1);
    }
  }

  @Test
  void whenNobodyListensTheRequestIsRefused() throws IOException {
    try (var link = new Link(List.of(gone()), TIMEOUT)) {
      assertThat(get(link)).isEqualTo(Failure.REFUSED);
    }
  }

  @Test
  void whatIsNoHttpIsMalformed() throws IOException {
    try (var node = new StubNode(head -> "SSH-2.0-x\r\n\r\n");
        var link = new Link(List.of(node.node()), TIMEOUT)) {
      assertThat(get(link)).isEqualTo(Failure.MALFORMED);
    }
  }

  @Test
  void anAnswerThatDoesNotComeIsATimeout() throws IOException {
    try (var node = new StubNode(head -> "HTTP/1.1 200 OK\r\n");
        var link = new Link(List.of(node.node()), Duration.ofMillis(100));
        var watchdog = new Watchdog(List.of(link))) {
      assertThat(get(link)).isEqualTo(Failure.TIMEOUT);
    }
  }

  private Outcome get(Link link) {
    return link.exchange(node -> requests.get(0, node));
  }

  /** Where nobody listens. */
  private static Node gone() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Node("127.0.0.1", probe.getLocalPort());
    }
  }
}
