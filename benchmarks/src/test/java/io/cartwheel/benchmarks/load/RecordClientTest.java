package io.cartwheel.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.benchmarks.http.Answer;
import io.cartwheel.benchmarks.http.ItemRequests;
import io.cartwheel.benchmarks.http.Link;
import io.cartwheel.benchmarks.http.Outcome;
import io.cartwheel.benchmarks.http.StubNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RecordClientTest {
  private static final String FOUND = status(200, "read");
  private static final String WRITTEN = status(204, "wrote");
  private static final String WRITTEN_BESIDE_OTHERS = "HTTP/1.1 204 No Content\r\n\r\n";

  private final List<Outcome> readFirst = new ArrayList<>();

  @Test
  void anUpdateOfAnUnknownRecordReadsFirstAndCarriesWhatItRead() throws IOException {
    try (var node = new StubNode(head -> head.startsWith("GET") ? FOUND : WRITTEN);
        var client = client(node)) {
      assertThat(update(client)).isEqualTo(new Answer(204, "wrote", 0, 0, true));
      assertThat(sent(node)).containsExactly("GET ", "PUT read");
      assertThat(readFirst).hasSize(1);
    }
  }

  @Test
  void theNextUpdateCarriesTheContextOfTheOneBefore() throws IOException {
    try (var node = new StubNode(head -> head.startsWith("GET") ? FOUND : WRITTEN);
        var client = client(node)) {
      update(client);
      update(client);
      assertThat(sent(node)).containsExactly("GET ", "PUT read", "PUT wrote");
      assertThat(readFirst).hasSize(1);
    }
  }

  @Test
  void afterAWriteBesideOthersTheNextUpdateResolvesThem() throws IOException {
    String siblings = "HTTP/1.1 300 X\r\nX-Riak-Vclock: both\r\nContent-Length: 0\r\n\r\n";
    Function<String, String> answers =
        head -> head.startsWith("GET") ? siblings : WRITTEN_BESIDE_OTHERS;
    try (var node = new StubNode(answers);
        var client = client(node)) {
      update(client);
      update(client);
      assertThat(sent(node)).containsExactly("GET ", "PUT both", "GET ", "PUT both");
    }
  }

  @Test
  void anUpdateWhoseReadFailsIsNotWritten() throws IOException {
    try (var node = new StubNode(head -> status(503, ""));
        var client = client(node)) {
      assertThat(update(client)).isInstanceOf(Answer.class);
      assertThat(sent(node)).containsExactly("GET ");
    }
  }

  @Test
  void aRecordThatIsMissingIsMade() throws IOException {
    try (var node = new StubNode(head -> head.startsWith("GET") ? status(404, "") : WRITTEN);
        var client = client(node)) {
      assertThat(RecordClient.isSuccess(update(client))).isTrue();
      assertThat(sent(node)).containsExactly("GET ", "PUT ");
    }
  }

  @Test
  void loadingARecordThatIsThereLeavesOneVersionOfIt() throws IOException {
    Function<String, String> answers =
        head ->
            head.startsWith("GET")
                ? FOUND
                : head.contains("Vclock: read") ? WRITTEN : WRITTEN_BESIDE_OTHERS;
    try (var node = new StubNode(answers);
        var client = client(node)) {
      assertThat(RecordClient.isSuccess(client.create(0))).isTrue();
      assertThat(sent(node)).containsExactly("PUT ", "GET ", "PUT read");
    }
  }

  private Outcome update(RecordClient client) {
    return client.update(0, readFirst::add);
  }

  private static RecordClient client(StubNode node) {
    return new RecordClient(
        new Link(List.of(node.node()), Duration.ofSeconds(20)),
        new ItemRequests("default", "b", 10),
        new Values(10, new SplittableRandom(1)),
        new Contexts(1));
  }

  /** The requests so far: method and context. */
  private static List<String> sent(StubNode node) {
    return node.heads().stream().map(head -> head.substring(0, 4) + context(head)).toList();
  }

  private static String context(String head) {
    int at = head.indexOf("X-Riak-Vclock: ");
    return at < 0 ? "" : head.substring(at + 15, head.indexOf('\r', at));
  }

  private static String status(int status, String context) {
    String length = status == 204 ? "" : "Content-Length: 0\r\n";
    String vclock = context.isEmpty() ? "" : "X-Riak-Vclock: " + context + "\r\n";
    return "HTTP/1.1 " + status + " X\r\n" + vclock + length + "\r\n";
  }
}
