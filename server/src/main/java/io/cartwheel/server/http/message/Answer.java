package io.cartwheel.server.http.message;

import io.cartwheel.core.item.Bytes;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param headers all but those of the connection, the length and the request's id; handed over
 * @param body in pieces that follow one another
 */
public record Answer(int status, HttpHeaders headers, List<Bytes> body) {
  private static final String TEXT = "text/plain; charset=utf-8";
  public static final String JSON = "application/json";

  public static HttpHeaders noHeaders() {
    return DefaultHttpHeadersFactory.headersFactory().newHeaders();
  }

  public static Answer empty(int status) {
    return new Answer(status, noHeaders(), List.of());
  }

  public static Answer text(int status, String text) {
    return of(status, TEXT, Bytes.utf8(text));
  }

  public static Answer json(int status, Object value) {
    return of(status, JSON, Json.write(value));
  }

  public static Answer of(int status, String contentType, Bytes body) {
    HttpHeaders headers = noHeaders();
    headers.set(Names.CONTENT_TYPE, contentType);
    return new Answer(status, headers, List.of(body));
  }

  /** A problem as text, or as JSON for those who accept that. */
  public static Answer of(Problem problem, HttpHeaders request) {
    Answer answer =
        Accepted.by(request).explicitly(JSON)
            ? json(problem.status(), problem.toJson())
            : text(problem.status(), problem.message() + "\n");
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      answer.headers.set(header.getKey(), header.getValue());
    }
    return answer;
  }

  public int bodyBytes() {
    int total = 0;
    for (Bytes piece : body) {
      total += piece.length();
    }
    return total;
  }
}
