package io.cartwheel.testing;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a node answered. */
public final class Reply {
  private final int status;
  private final HttpHeaders headers;
  private final byte[] body;

  Reply(int status, HttpHeaders headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** What a write hands back to supersede what this showed. */
  public String context() {
    return header("X-Riak-Vclock")
        .orElseThrow(() -> new AssertionError("no context came with " + this));
  }

  /** The body, which the caller may keep. */
  public byte[] body() {
    return body.clone();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Whether a write was acknowledged or a value was read. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** For a test's report: values are not shown. */
  @Override
  public String toString() {
    boolean told = status / 100 > 3;
    return "HTTP " + status + (told ? " " + text().strip() : ", " + body.length + " bytes");
  }
}
