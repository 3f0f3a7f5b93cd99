package io.cartwheel.server.http;

import io.cartwheel.server.http.message.Handling;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.cartwheel.server.http.message.Target;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/** What is decided of a request once its head is there: how it is served, or why not. */
final class HeadCheck {
  private HeadCheck() {}

  static Handling check(Exchange exchange, ServerParts parts) throws RefusedException {
    HttpRequest request = exchange.request();
    refuseMalformed(request);
    refuseOddFraming(exchange);
    Target target = Target.parse(request.uri());
    var head = new RequestHead(exchange.method(), target, request.headers(), exchange.id());
    Handling handling = parts.routes().route(head);
    if (exchange.announcedBytes() > handling.bodyLimit()) {
      throw new RefusedException(tooLarge(handling.bodyLimit()));
    }
    if (!parts.requests().take(1)) {
      throw new RefusedException(overloaded());
    }
    exchange.permit();
    return handling;
  }

  private static void refuseMalformed(HttpRequest request) throws RefusedException {
    if (request.decoderResult().isFailure()) {
      throw new RefusedException(malformed(request.decoderResult().cause()));
    }
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      throw RefusedException.badRequest("Host must come once");
    }
    String expectation = request.headers().get(HttpHeaderNames.EXPECT);
    if (expectation != null
        && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation.strip())) {
      throw new RefusedException(
          Problem.of(417, "expectation_failed", "only 100-continue can be expected"));
    }
  }

  /** Where a body that is coded otherwise ends, nobody can say: nothing after it is looked at. */
  private static void refuseOddFraming(Exchange exchange) throws RefusedException {
    HttpRequest request = exchange.request();
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean plain =
        codings.isEmpty()
            || codings.size() == 1
                && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst().strip())
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!plain) {
      exchange.closeAfterwards();
      throw RefusedException.badRequest("Transfer-Encoding can only be chunked, once");
    }
  }

  private static Problem malformed(Throwable cause) {
    return switch (cause) {
      case TooLongHttpHeaderException _ ->
          Problem.of(431, "headers_too_large", "the request's headers are too large");
      case TooLongHttpLineException _ ->
          Problem.of(414, "target_too_long", "the request's first line is too long");
      case RequestDecoder.FoldedHeaderException _ -> folded();
      default -> Problem.badRequest("the request is not HTTP");
    };
  }

  static Problem folded() {
    return Problem.badRequest("a header must not go on in another line");
  }

  static Problem malformedBody(Throwable cause) {
    return cause instanceof RequestDecoder.FoldedHeaderException
        ? folded()
        : Problem.badRequest("the request's body is malformed");
  }

  static Problem tooLarge(int limit) {
    return Problem.of(413, "too_large", "too large: at most " + limit + " bytes are taken here")
        .withFact("limit", limit);
  }

  static Problem overloaded() {
    return Problem.of(503, "overloaded", "overloaded: too much is under way; nothing was done")
        .withFact("indeterminate", false)
        .withHeader("Retry-After", "1");
  }

  /** The answer is there, but there is no room to hold it until the client has taken it in. */
  static Problem noRoomForAnswer() {
    return Problem.of(
            503, "overloaded", "overloaded: no room for the answer; a write may have happened")
        .withFact("indeterminate", true)
        .withHeader("Retry-After", "1");
  }

  static Problem tooSlow() {
    return Problem.of(408, "request_timeout", "the request came too slowly");
  }

  /** Something is wrong with the server itself. */
  static Problem failed() {
    return Problem.of(500, "failed", "the server failed; its log says more");
  }
}
