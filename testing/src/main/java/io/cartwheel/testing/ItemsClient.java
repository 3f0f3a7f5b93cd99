package io.cartwheel.testing;

import io.cartwheel.cli.http.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A small client of one node's HTTP port, which shows what the node said, refusals too. */
public final class ItemsClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final int port;

  public ItemsClient(int port) {
    this.port = port;
  }

  /**
   * Reads an item.
   *
   * @param headers names and values in turn
   */
  public Reply get(String bucket, String key, String... headers) throws IOException {
    return get(item(bucket, key), headers);
  }

  public Reply get(Target target, String... headers) throws IOException {
    return exchange("GET", target, BodyPublishers.noBody(), headers);
  }

  /** Writes an item; headers must name a content type. */
  public Reply put(String bucket, String key, byte[] value, String... headers) throws IOException {
    return put(item(bucket, key), value, headers);
  }

  public Reply put(Target target, byte[] value, String... headers) throws IOException {
    return exchange("PUT", target, BodyPublishers.ofByteArray(value), headers);
  }

  public Reply delete(String bucket, String key, String... headers) throws IOException {
    return exchange("DELETE", item(bucket, key), BodyPublishers.noBody(), headers);
  }

  /** Where an item is. */
  public static Target item(String bucket, String key) {
    return Target.of("buckets", bucket, "keys", key);
  }

  private Reply exchange(String method, Target target, BodyPublisher body, String... headers)
      throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + NodeSettings.loopback(port) + target))
            .timeout(PATIENCE)
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
