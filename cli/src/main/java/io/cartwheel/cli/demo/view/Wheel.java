package io.cartwheel.cli.demo.view;

import io.cartwheel.cli.demo.cluster.DemoNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** The nodes as a small wheel: each where it stands in the circle, by its number and its state. */
final class Wheel {
  static final int WIDTH = 23;
  static final int HEIGHT = 7;

  /** Columns that a node's mark may take. */
  private static final int MARK = 4;

  private static final int[] COLOURS = {
    AttributedStyle.GREEN, AttributedStyle.CYAN, AttributedStyle.MAGENTA, AttributedStyle.BLUE
  };

  private Wheel() {}

  static List<AttributedString> draw(List<DemoNode> nodes) {
    var marks = new AttributedString[HEIGHT][WIDTH];
    for (AttributedString[] row : marks) {
      Arrays.fill(row, AttributedString.EMPTY);
    }
    for (int i = 0; i < nodes.size(); i++) {
      double angle = 2 * Math.PI * i / nodes.size() - Math.PI / 2;
      int column = (int) Math.round((WIDTH - MARK) / 2.0 * (1 + Math.cos(angle)));
      int row = (int) Math.round((HEIGHT - 1) / 2.0 * (1 + Math.sin(angle)));
      marks[row][column] = mark(nodes.get(i), i + 1, nodes);
    }
    return Arrays.stream(marks).map(Wheel::line).toList();
  }

  private static AttributedString line(AttributedString[] cells) {
    var line = new AttributedStringBuilder();
    for (int column = 0; column < cells.length; column++) {
      if (line.columnLength() <= column) {
        line.append(cells[column].length() == 0 ? new AttributedString(" ") : cells[column]);
      }
    }
    return line.toAttributedString();
  }

  private static AttributedString mark(DemoNode node, int number, List<DemoNode> nodes) {
    AttributedStyle plain = AttributedStyle.DEFAULT;
    return switch (node.state()) {
      case UP -> new AttributedString("● " + number, plain.foreground(colour(node, nodes)));
      case PAUSED -> new AttributedString("◌ " + number, plain.foreground(AttributedStyle.YELLOW));
      case DOWN -> new AttributedString("✗ " + number, plain.foreground(AttributedStyle.RED));
    };
  }

  /** Who reach each other have the same colour. */
  private static int colour(DemoNode node, List<DemoNode> nodes) {
    var groups = new ArrayList<Set<String>>();
    for (DemoNode each : nodes) {
      var cut = new TreeSet<>(each.cutOff());
      if (!groups.contains(cut)) {
        groups.add(cut);
      }
    }
    return COLOURS[groups.indexOf(new TreeSet<>(node.cutOff())) % COLOURS.length];
  }
}
