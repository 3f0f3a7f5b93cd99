package io.cartwheel.benchmarks.load;

import io.cartwheel.benchmarks.http.Node;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is measured, and how.
 *
 * @param nodes those that requests go to; the threads are spread over them
 * @param records how many there are
 * @param rate requests a second of all threads together; without it each thread sends its next
 *     request as soon as it has the answer
 * @param warmup how long requests are sent before any is counted
 * @param duration how long requests are counted, in whole seconds
 * @param timeout for one request
 */
public record LoadSettings(
    List<Node> nodes,
    Items items,
    int records,
    int threads,
    OptionalDouble rate,
    Duration warmup,
    Duration duration,
    Duration timeout) {

  /**
   * The items that are read and written.
   *
   * @param valueBytes the length of each value
   */
  public record Items(String type, String bucket, int valueBytes) {}

  public LoadSettings {
    nodes = List.copyOf(nodes);
  }
}
