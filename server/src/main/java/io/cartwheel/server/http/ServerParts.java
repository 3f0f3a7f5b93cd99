package io.cartwheel.server.http;

import io.cartwheel.server.http.admin.Load;

/**
 * What all connections of a server share.
 *
 * @param requests how many are under way
 * @param bytes how many bytes of requests and answers are held
 * @param connections how many there are
 */
record ServerParts(
    HttpSettings settings,
    Routes routes,
    RequestMeters meters,
    SlowRequests slow,
    RequestIds ids,
    Budget requests,
    Budget bytes,
    Budget connections,
    Closing closing) {

  static ServerParts of(HttpSettings settings, HttpNode node) {
    var meters = new RequestMeters(node.meters());
    var requests = new Budget(settings.limits().requests());
    var connections = new Budget(settings.limits().connections());
    var parts =
        new ServerParts(
            settings,
            new Routes(node, settings, new Load(connections::used, requests::used)),
            meters,
            new SlowRequests(settings.slowRequest()),
            new RequestIds(),
            requests,
            new Budget(settings.limits().inFlightBytes()),
            connections,
            new Closing());
    meters.gauge(
        "cartwheel.http.connections", "Connections open", parts.connections(), Budget::used);
    meters.gauge("cartwheel.http.requests", "Requests under way", parts.requests(), Budget::used);
    meters.gauge(
        "cartwheel.http.held.bytes",
        "Bytes of requests and answers held",
        parts.bytes(),
        Budget::used);
    return parts;
  }

  /** Whether the server is going away, so that connections end with their present request. */
  static final class Closing {
    private volatile boolean begun;

    void begin() {
      begun = true;
    }

    boolean hasBegun() {
      return begun;
    }
  }
}
