package io.cartwheel.server.http.item;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.CausalContext.Kind;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.server.http.message.Accepted;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.HttpDate;
import io.cartwheel.server.http.message.Names;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RequestHead;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/**
 * Answers with what a read found, in the form that its client wants.
 *
 * @param key the item
 * @param tokens write the context
 */
record Rendering(RequestHead head, ItemKey key, Tokens tokens) {
  private static final String UP = ">; rel=\"up\"";

  /**
   * Values, siblings, or that there are none.
   *
   * @param fastestReplier goes into the context
   * @param status the status of a single value
   */
  Answer answer(Shown shown, long fastestReplier, int status) {
    String context = context(shown, fastestReplier);
    Answer answer = shown.isAbsent() ? absent(shown) : present(shown, context, status);
    if (!shown.state().isEmpty()) {
      answer.headers().set(ItemHeaders.VCLOCK, context);
    }
    return answer;
  }

  /** What the client has is what there is. */
  Answer notModified(Shown shown, long fastestReplier) {
    Answer answer = Answer.empty(304);
    answer.headers().set(Names.ETAG, quoted(shown.entityTag()));
    answer.headers().set(ItemHeaders.VCLOCK, context(shown, fastestReplier));
    if (shown.values().size() == 1) {
      addTimeLeft(shown.values().getFirst(), answer.headers());
    }
    return answer;
  }

  private String context(Shown shown, long fastestReplier) {
    return tokens.write(Kind.CONTEXT, shown.state().clock(), fastestReplier);
  }

  private Answer absent(Shown shown) {
    Answer answer = Answer.of(Problem.notFound("not found"), head.headers());
    if (shown.deleted()) {
      answer.headers().set(ItemHeaders.DELETED, "true");
    }
    return answer;
  }

  private Answer present(Shown shown, String context, int status) {
    String up = "<" + BucketPath.of(key) + UP;
    Answer answer;
    if (shown.values().size() == 1) {
      Sibling value = shown.values().getFirst();
      answer = new Answer(status, describing(value, up), List.of(value.content().value()));
    } else {
      answer = siblings(shown, context, up);
      answer.headers().set(Names.ETAG, quoted(shown.entityTag()));
      answer.headers().set(Names.LAST_MODIFIED, HttpDate.of(shown.modifiedMillis()));
    }
    answer.headers().set(Names.VARY, "Accept");
    return answer;
  }

  private Answer siblings(Shown shown, String context, String up) {
    var offered = List.of(Siblings.MULTIPART, Answer.JSON, Siblings.TEXT);
    String wanted = Accepted.by(head.headers()).best(offered).orElse(Siblings.TEXT);
    return switch (wanted) {
      case Siblings.MULTIPART -> Siblings.multipart(shown, value -> describing(value, up));
      case Answer.JSON -> Siblings.json(shown, context);
      default -> Siblings.text(shown);
    };
  }

  /** The headers that describe one value. */
  private static HttpHeaders describing(Sibling value, String up) {
    HttpHeaders headers = Answer.noHeaders();
    Descriptions.write(value.content().description(), up, headers);
    headers.set(Names.ETAG, quoted(Vtag.of(value)));
    headers.set(Names.LAST_MODIFIED, HttpDate.of(value.content().writtenMillis()));
    addTimeLeft(value, headers);
    return headers;
  }

  private static void addTimeLeft(Sibling value, HttpHeaders headers) {
    TimeToLive.secondsLeft(value).ifPresent(left -> headers.set(ItemHeaders.TTL, left));
  }

  static String quoted(String tag) {
    return '"' + tag + '"';
  }
}
