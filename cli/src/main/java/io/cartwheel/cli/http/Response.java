package io.cartwheel.cli.http;

import io.cartwheel.core.item.Bytes;
import java.util.Optional;

/** What a node answered. */
public record Response(int status, Headers headers, Bytes body) {
  public Optional<String> header(String name) {
    return headers.first(name);
  }
}
