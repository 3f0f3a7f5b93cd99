package io.cartwheel.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A line chart as SVG. Colours come from the page's style: classes {@code line-1} and up.
 *
 * @param title says what is shown, also to those who can't see it
 * @param x the axis below
 * @param y the axis at the left
 */
record Plot(String title, Scale x, Scale y, List<Line> lines) {
  static final int WIDTH = 640;
  static final int HEIGHT = 300;
  static final int LEFT = 64;
  static final int RIGHT = WIDTH - 72;
  static final int TOP = 16;
  static final int BOTTOM = HEIGHT - 36;

  /** A named line through points in the units of the scales. */
  record Line(String name, List<Point> points) {}

  /** A point in the units of the scales. */
  record Point(double x, double y) {}

  String svg() {
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(WIDTH, HEIGHT, title));
    for (Scale.Tick tick : y.ticks()) {
      double at = y.place(tick.value());
      svg.append(rule(LEFT, at, RIGHT, at)).append(text(LEFT - 8, at + 4, "end", tick.label()));
    }
    for (Scale.Tick tick : x.ticks()) {
      double at = x.place(tick.value());
      svg.append(rule(at, TOP, at, BOTTOM)).append(text(at, BOTTOM + 18, "middle", tick.label()));
    }
    for (int i = 0; i < lines.size(); i++) {
      svg.append(line(lines.get(i), i + 1));
    }
    return svg.append("</svg>\n").toString();
  }

  private String line(Line line, int number) {
    String points =
        line.points().stream()
            .map(point -> "%s,%s".formatted(pixel(x.place(point.x())), pixel(y.place(point.y()))))
            .collect(Collectors.joining(" "));
    Point last = line.points().getLast();
    return "<polyline class=\"line-%d\" points=\"%s\"/>\n".formatted(number, points)
        + "<text class=\"name-%d\" x=\"%s\" y=\"%s\">%s</text>\n"
            .formatted(
                number, pixel(x.place(last.x()) + 6), pixel(y.place(last.y()) + 4), line.name());
  }

  private static String rule(double x1, double y1, double x2, double y2) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
        .formatted(pixel(x1), pixel(y1), pixel(x2), pixel(y2));
  }

  private static String text(double x, double y, String anchor, String label) {
    return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
        .formatted(pixel(x), pixel(y), anchor, label);
  }

  private static String pixel(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }
}
