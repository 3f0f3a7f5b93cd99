package io.cartwheel.cli.demo.view;

import io.cartwheel.cli.demo.cluster.DemoNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The demo in a few lines of a terminal: the wheel, and beside it what is going on. */
final class Panel {
  private static final int RULE = 78;

  private Panel() {}

  static List<AttributedString> lines(Snapshot now) {
    List<AttributedString> wheel = Wheel.draw(now.nodes());
    List<String> words = words(now);
    var lines = new ArrayList<AttributedString>();
    lines.add(new AttributedString("━".repeat(RULE), AttributedStyle.DEFAULT.faint()));
    for (int i = 0; i < Math.max(wheel.size(), words.size()); i++) {
      var line = new AttributedStringBuilder();
      line.append(i < wheel.size() ? wheel.get(i) : new AttributedString(" ".repeat(Wheel.WIDTH)));
      line.append("  ").append(i < words.size() ? words.get(i) : "");
      lines.add(line.toAttributedString());
    }
    return lines;
  }

  private static List<String> words(Snapshot now) {
    var figures = now.figures();
    return List.of(
        "%s   nodes up %d of %d, kills %d"
            .formatted(clock(now.elapsed()), now.up(), now.nodes().size(), now.kills()),
        "writes      %,d acknowledged, %,.0f a second"
            .formatted(figures.acknowledged(), now.perSecond()),
        "            %,d refused, %,d without an answer"
            .formatted(figures.refused(), figures.unanswered()),
        "latency     p50 %s   p99 %s   p99.9 %s"
            .formatted(
                millis(figures.p50Millis()),
                millis(figures.p99Millis()),
                millis(figures.p999Millis())),
        String.format(Locale.ROOT, "siblings    %,d seen and merged", figures.siblings()),
        "trouble     " + trouble(now.nodes()));
  }

  private static String trouble(List<DemoNode> nodes) {
    var troubles = new ArrayList<String>();
    for (DemoNode node : nodes) {
      switch (node.state()) {
        case DOWN -> troubles.add(node.name() + " is down");
        case PAUSED -> troubles.add(node.name() + " is paused");
        case UP -> {
          if (!node.cutOff().isEmpty()) {
            troubles.add(node.name() + " misses " + String.join(" ", node.cutOff()));
          }
        }
      }
    }
    return troubles.isEmpty() ? "none" : String.join(", ", troubles);
  }

  private static String clock(Duration elapsed) {
    return "%02d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.1f ms", millis);
  }
}
