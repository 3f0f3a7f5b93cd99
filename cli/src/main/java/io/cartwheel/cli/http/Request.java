package io.cartwheel.cli.http;

import io.cartwheel.core.item.Bytes;

/**
 * What is asked of a node.
 *
 * @param target the path and query, already encoded
 * @param headers without those that all requests have and those that follow from the rest
 */
public record Request(String method, String target, Headers headers, Bytes body) {

  public static Request of(String method, String target) {
    return new Request(method, target, Headers.NONE, Bytes.EMPTY);
  }

  public Request with(String name, String value) {
    return new Request(method, target, headers.with(name, value), body);
  }

  public Request withBody(Bytes content) {
    return new Request(method, target, headers, content);
  }

  /** Whether the method announces its body's length even when there is none. */
  boolean carriesBody() {
    return method.equals("PUT") || method.equals("POST");
  }
}
