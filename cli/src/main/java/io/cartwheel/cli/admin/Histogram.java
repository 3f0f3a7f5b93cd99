package io.cartwheel.cli.admin;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many requests took how long.
 *
 * @param upTo for each bound in seconds, the last one infinite, how many took no longer
 */
record Histogram(SortedMap<Double, Long> upTo) {
  static final Histogram EMPTY = new Histogram(new TreeMap<>());

  private static final double MILLIS = 1000;

  Histogram {
    upTo = Collections.unmodifiableSortedMap(new TreeMap<>(upTo));
  }

  /** Both together. */
  Histogram plus(Histogram other) {
    var sum = new TreeMap<>(upTo);
    other.upTo.forEach((bound, count) -> sum.merge(bound, count, Long::sum));
    return new Histogram(sum);
  }

  /** What came since then; all of it when the node was started again in between. */
  Histogram since(Histogram before) {
    if (before.count() > count()) {
      return this;
    }
    var rest = new TreeMap<>(upTo);
    before.upTo.forEach((bound, count) -> rest.merge(bound, -count, Long::sum));
    return new Histogram(rest);
  }

  long count() {
    return upTo.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** What this part of the requests took at most, in ms, as finely as the bounds lie. */
  Optional<Double> quantileMillis(double part) {
    return count() == 0 ? Optional.empty() : Optional.of(MILLIS * quantile(part));
  }

  private double quantile(double part) {
    double wanted = part * count();
    double lower = 0;
    long below = 0;
    for (var bucket : upTo.entrySet()) {
      double upper = bucket.getKey();
      if (bucket.getValue() >= wanted && bucket.getValue() > below) {
        double within = (wanted - below) / (bucket.getValue() - below);
        return Double.isInfinite(upper) ? lower : lower + within * (upper - lower);
      }
      lower = upper;
      below = bucket.getValue();
    }
    return lower;
  }
}
