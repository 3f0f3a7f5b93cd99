package io.cartwheel.server.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server over the real core in memory, and raw clients, all closed after each test. */
abstract class HttpServerFixture {
  static final String KEY = "/buckets/b/keys/k";

  PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final List<AutoCloseable> opened = new ArrayList<>();
  LocalNode node;
  HttpServer server;

  @BeforeEach
  final void start() throws Exception {
    restart(Map.of());
  }

  final void restart(Map<String, String> settings) throws Exception {
    stop();
    meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var all = new TreeMap<>(Map.of("limits.max_value", "128KiB", "timeouts.body", "2s"));
    all.putAll(settings);
    node = new LocalNode(all);
    opened.add(node);
    server =
        HttpServer.bind(
            HttpSettings.of(node.configuration()),
            node.loops().group(),
            new HttpNode(node, meters, meters::scrape, node));
    opened.add(server);
  }

  @AfterEach
  final void stop() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    opened.clear();
  }

  RawClient connect() throws IOException {
    var client = new RawClient(server.port());
    opened.add(client);
    return client;
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }

  static String put(String path, String body, String more) {
    return "PUT %s HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n%s\r\n%s"
        .formatted(path, body.length(), more, body);
  }

  void stopClients() throws Exception {
    for (AutoCloseable each : opened) {
      if (each instanceof RawClient client) {
        client.close();
      }
    }
  }

  double gauge(String name) {
    return meters.get(name).gauge().value();
  }
}
