package io.cartwheel.server.http;

import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.config.HostPort;
import java.time.Duration;

/**
 * How HTTP is served.
 *
 * @param slowRequest requests that take longer are logged; zero for none
 */
public record HttpSettings(
    HostPort address, Limits limits, Timeouts timeouts, Duration slowRequest) {

  /**
   * How much is taken.
   *
   * @param inFlightBytes of requests and answers held at once
   */
  public record Limits(
      int headerBytes, int metadataBytes, int connections, int requests, long inFlightBytes) {}

  /**
   * How long is waited.
   *
   * @param request for a quorum, when the request does not say
   * @param header for a request's head, once it has begun
   * @param body for a body, or for an answer to be taken in, beside a second for each 64 KiB
   * @param idle for the next request
   */
  public record Timeouts(Duration request, Duration header, Duration body, Duration idle) {}

  public static HttpSettings of(Configuration configuration) {
    return new HttpSettings(
        configuration.get(ConfigKeys.HTTP),
        new Limits(
            Math.toIntExact(configuration.get(ConfigKeys.MAX_HEADERS)),
            Math.toIntExact(configuration.get(ConfigKeys.MAX_METADATA)),
            configuration.get(ConfigKeys.MAX_CONNECTIONS),
            configuration.get(ConfigKeys.MAX_REQUESTS),
            configuration.get(ConfigKeys.MAX_IN_FLIGHT)),
        new Timeouts(
            configuration.get(ConfigKeys.REQUEST_TIMEOUT),
            configuration.get(ConfigKeys.HEADER_TIMEOUT),
            configuration.get(ConfigKeys.BODY_TIMEOUT),
            configuration.get(ConfigKeys.IDLE_TIMEOUT)),
        configuration.get(ConfigKeys.LOG_SLOW_REQUEST));
  }
}
