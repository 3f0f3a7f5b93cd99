package io.cartwheel.benchmarks.http;

import java.net.InetSocketAddress;

/** Where a node answers HTTP. */
public record Node(String host, int port) {

  /** The address, looked up anew. */
  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
