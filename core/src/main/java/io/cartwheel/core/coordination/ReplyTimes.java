package io.cartwheel.core.coordination;

import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each member took to answer of late: an exponentially weighted mean. */
final class ReplyTimes {
  /** One new time weighs an eighth: some ten replies forget the past. */
  private static final int SMOOTHING = 8;

  private final Map<MemberId, Long> meanNanos = new LinkedHashMap<>();

  void replied(MemberId member, long tookNanos) {
    meanNanos.merge(member, tookNanos, (mean, took) -> mean + (took - mean) / SMOOTHING);
  }

  /** 0 for members not heard of: they are worth a try. */
  long expectedNanos(MemberId member) {
    return meanNanos.getOrDefault(member, 0L);
  }
}
