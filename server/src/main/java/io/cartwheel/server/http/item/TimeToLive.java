package io.cartwheel.server.http.item;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How long values last, in whole seconds as {@code X-Cartwheel-TTL} says it, in and out. */
final class TimeToLive {
  private static final long MOST_SECONDS = BucketType.MAX_TTL.toSeconds();

  private TimeToLive() {}

  /** What a write asks for, empty when it leaves that to the bucket type. */
  static Optional<Duration> read(RequestHead head) throws RefusedException {
    Optional<String> text = head.single(ItemHeaders.TTL).map(String::strip);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!head.method().equals("PUT") && !head.method().equals("POST")) {
      throw RefusedException.badRequest(
          ItemHeaders.TTL + " says how long a written value lasts: only PUT and POST take it");
    }
    if (!text.get().matches("[0-9]{1,10}")
        || Long.parseLong(text.get()) < 1
        || Long.parseLong(text.get()) > MOST_SECONDS) {
      throw RefusedException.badRequest(
          ItemHeaders.TTL + " must be a whole number of seconds from 1 to " + MOST_SECONDS);
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(text.get())));
  }

  /** What is left by this node's clock, empty for a value that stays. */
  static OptionalLong secondsLeft(Sibling value) {
    return value.content().expires()
        ? OptionalLong.of(secondsLeft(value.content().expiresMillis(), System.currentTimeMillis()))
        : OptionalLong.empty();
  }

  /**
   * Rounded up, so that what is still shown has some time left. Another node may have thought it
   * worth showing, or have expired meanwhile: then nothing is left.
   */
  static long secondsLeft(long expiresMillis, long nowMillis) {
    return Math.max(0, Math.ceilDiv(expiresMillis - nowMillis, 1000L));
  }
}
