package io.cartwheel.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long the successes of one operation took, in microseconds. Immutable. */
public final class Latencies {
  private final Histogram nanos;

  /**
   * Those of a histogram.
   *
   * @param nanos is copied
   */
  public Latencies(Histogram nanos) {
    this.nanos = nanos.copy();
  }

  public long count() {
    return nanos.getTotalCount();
  }

  public long meanMicros() {
    return TimeUnit.NANOSECONDS.toMicros((long) nanos.getMean());
  }

  /** The time that so many per cent did not exceed. */
  public long percentileMicros(double percent) {
    return TimeUnit.NANOSECONDS.toMicros(nanos.getValueAtPercentile(percent));
  }

  public long maxMicros() {
    return TimeUnit.NANOSECONDS.toMicros(nanos.getMaxValue());
  }
}
