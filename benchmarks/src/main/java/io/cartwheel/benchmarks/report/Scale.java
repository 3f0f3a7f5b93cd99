package io.cartwheel.benchmarks.report;

import java.util.List;

/**
 * How values become places on a plot, in pixels along one axis.
 *
 * @param low the value at the axis's beginning
 * @param high the value at its end
 * @param from the place of the beginning
 * @param to the place of the end
 * @param ticks the values that are written out
 */
record Scale(double low, double high, double from, double to, List<Tick> ticks) {

  /** A value with how it is written. */
  record Tick(double value, String label) {}

  double place(double value) {
    return from + (to - from) * (value - low) / (high - low);
  }
}
