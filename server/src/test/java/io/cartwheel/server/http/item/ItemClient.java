package io.cartwheel.server.http.item;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.server.http.LocalNode;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Handling;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.cartwheel.server.http.message.Target;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks {@link Items} without a connection between. */
final class ItemClient {
  private final Items items;
  private int requests;

  ItemClient(LocalNode node) {
    items = new Items(node, new Items.Settings(5_000, 1_024));
  }

  /** An answer as tests look at it. */
  record Seen(int status, HttpHeaders headers, String body) {
    String header(String name) {
      return Optional.ofNullable(headers.get(name)).orElse("");
    }

    String context() {
      return header("X-Riak-Vclock");
    }
  }

  /**
   * Asks and waits for the answer; refusals are answers too.
   *
   * @param headers names and texts in turns
   */
  Seen ask(String method, String target, String body, String... headers) throws Exception {
    HttpHeaders sent = Answer.noHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      sent.add(headers[i], headers[i + 1]);
    }
    var done = new CompletableFuture<Answer>();
    try {
      var head = new RequestHead(method, Target.parse(target), sent, "request-" + requests++);
      BucketPath path = BucketPath.of(head.target().path()).orElseThrow();
      Handling handling = items.handle(head, path);
      handling.work().begin(Bytes.utf8(body), done::complete);
    } catch (RefusedException e) {
      done.complete(Answer.of(e.problem(), sent));
    }
    Answer answer = done.get(10, TimeUnit.SECONDS);
    var text = new StringBuilder();
    answer.body().forEach(piece -> text.append(piece.toUtf8()));
    return new Seen(answer.status(), answer.headers(), text.toString());
  }

  Seen get(String target, String... headers) throws Exception {
    return ask("GET", target, "", headers);
  }

  Seen put(String target, String body, String... headers) throws Exception {
    var all = new ArrayList<>(List.of("Content-Type", "text/plain"));
    all.addAll(List.of(headers));
    return ask("PUT", target, body, all.toArray(String[]::new));
  }
}
