package io.cartwheel.core.overload;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How long one kind of question took to be answered over the last minute: the observed 99th
 * percentile; and from it how long to wait before asking somebody else too, within 2 and 250 ms
 * (ADR 0009).
 *
 * <p>Counts in logarithmic buckets, eight to a doubling, one set per ten seconds.
 */
public final class LatencyWindow {
  public static final long UNKNOWN_NANOS = 50_000_000L;
  static final long LEAST_NANOS = 2_000_000L;
  static final long MOST_NANOS = 250_000_000L;

  private static final long SLICE_NANOS = 10_000_000_000L;
  private static final int SLICES = 6;
  private static final int ENOUGH = 100;

  /** Buckets per doubling, as a power of two. */
  private static final int FINENESS = 3;

  private static final int BUCKETS = 40 << FINENESS;

  private final int[][] slices = new int[SLICES][BUCKETS];
  private final int[] totals = new int[SLICES];
  private long slice;
  private long knownUntilNanos = Long.MIN_VALUE;
  private long hedgeNanos = UNKNOWN_NANOS;

  /** Notes that an answer took so long. */
  public void add(long tookNanos, long nowNanos) {
    turnTo(nowNanos / SLICE_NANOS);
    int at = (int) (slice % SLICES);
    slices[at][bucketOf(tookNanos)]++;
    totals[at]++;
  }

  /** How long to wait for an answer before asking another member. */
  public long hedgeNanos(long nowNanos) {
    if (nowNanos >= knownUntilNanos) {
      OptionalLong p99 = p99Nanos(nowNanos);
      hedgeNanos =
          p99.isPresent() ? Math.clamp(p99.getAsLong(), LEAST_NANOS, MOST_NANOS) : UNKNOWN_NANOS;
      knownUntilNanos = nowNanos + SLICE_NANOS / 50;
    }
    return hedgeNanos;
  }

  /** So long nearly all answers took at most; empty while there are fewer than a hundred. */
  public OptionalLong p99Nanos(long nowNanos) {
    turnTo(nowNanos / SLICE_NANOS);
    long total = 0;
    for (int count : totals) {
      total += count;
    }
    if (total < ENOUGH) {
      return OptionalLong.empty();
    }
    long above = total / 100;
    for (int bucket = BUCKETS - 1; bucket > 0; bucket--) {
      for (int[] counts : slices) {
        above -= counts[bucket];
      }
      if (above < 0) {
        return OptionalLong.of(upperBound(bucket));
      }
    }
    return OptionalLong.of(upperBound(0));
  }

  private void turnTo(long now) {
    long from = Math.max(slice + 1, now - SLICES + 1);
    for (long each = from; each <= now; each++) {
      int at = (int) (each % SLICES);
      Arrays.fill(slices[at], 0);
      totals[at] = 0;
    }
    slice = Math.max(slice, now);
  }

  /** The highest bits of the time: which doubling, and where in it. */
  private static int bucketOf(long nanos) {
    long micros = Math.max(1 << FINENESS, nanos >> 10);
    int doubling = 63 - Long.numberOfLeadingZeros(micros);
    int within = (int) (micros >>> (doubling - FINENESS)) & ((1 << FINENESS) - 1);
    return Math.min(BUCKETS - 1, ((doubling - FINENESS) << FINENESS) + within);
  }

  private static long upperBound(int bucket) {
    int doubling = (bucket >> FINENESS) + FINENESS;
    long within = bucket & ((1 << FINENESS) - 1);
    return ((1L << FINENESS) + within + 1) << (doubling - FINENESS) << 10;
  }
}
