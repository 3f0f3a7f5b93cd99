package io.cartwheel.server.http;

import io.cartwheel.server.http.admin.Load;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger LOG = LoggerFactory.getLogger(ServerParts.class);

  static ServerParts of(HttpSettings settings, HttpNode node) {
    var meters = new RequestMeters(node.meters());
    var requests = new Budget(settings.limits().requests());
    var connections = new Budget(connections(settings.limits().connections()));
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

  private static int connections(int asked) {
    long files = FileLimit.ofProcess();
    int taken = FileLimit.connections(asked, files);
    if (taken < asked) {
      LOG.warn(
          "limits.max_connections is {}, but the process may open {} files: {} are taken",
          asked,
          files,
          taken);
    }
    return taken;
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
