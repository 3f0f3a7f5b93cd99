package io.cartwheel.server.http;

import io.cartwheel.transport.LogLimiter;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs requests that took long, with where the time went; neither keys nor values. */
final class SlowRequests {
  private static final Logger LOG = LoggerFactory.getLogger(SlowRequests.class);

  private final long thresholdNanos;

  /** Clients can be slow on purpose. */
  private final LogLimiter limiter = new LogLimiter();

  /**
   * A log of what takes longer.
   *
   * @param threshold zero for nothing
   */
  SlowRequests(Duration threshold) {
    thresholdNanos = threshold.isZero() ? Long.MAX_VALUE : threshold.toNanos();
  }

  void answered(Exchange exchange, int status) {
    long nanos = exchange.nanosSinceHead();
    if (nanos >= thresholdNanos) {
      limiter.warn(
          LOG,
          "slow request id={} method={} operation={} status={} total_ms={} receiving_ms={}"
              + " working_ms={} body_bytes={}",
          exchange.id(),
          exchange.method(),
          exchange.operation(),
          status,
          nanos / 1_000_000,
          exchange.receivingNanos() / 1_000_000,
          (nanos - exchange.receivingNanos()) / 1_000_000,
          exchange.receivedBytes());
    }
  }
}
