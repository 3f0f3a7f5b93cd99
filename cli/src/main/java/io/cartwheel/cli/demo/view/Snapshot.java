package io.cartwheel.cli.demo.view;

import io.cartwheel.cli.demo.cluster.DemoNode;
import io.cartwheel.cli.demo.shopping.Tally;
import java.time.Duration;
import java.util.List;

/**
 * How the demo stands at one moment.
 *
 * @param perSecond writes acknowledged in the last second
 */
public record Snapshot(
    Duration elapsed, List<DemoNode> nodes, Tally.Figures figures, double perSecond, int kills) {
  public Snapshot {
    nodes = List.copyOf(nodes);
  }

  long up() {
    return nodes.stream().filter(node -> node.state() == DemoNode.State.UP).count();
  }
}
