package io.cartwheel.cli.admin;

import io.cartwheel.cli.admin.Glance.Seen;
import io.cartwheel.cli.admin.Glance.Unseen;
import io.cartwheel.cli.console.Figures;
import io.cartwheel.cli.console.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What nodes do, in words: a paragraph for each on a screen, a line for each in a pipe. */
final class TopText {
  private TopText() {}

  static List<String> paragraph(Glance before, Glance now) {
    return switch (now) {
      case Unseen unseen -> List.of(unseen(unseen));
      case Seen seen -> paragraph(new Activity(before instanceof Seen old ? old : seen, seen));
    };
  }

  static String line(Glance before, Glance now) {
    return switch (now) {
      case Unseen unseen -> unseen(unseen);
      case Seen seen -> line(new Activity(before instanceof Seen old ? old : seen, seen));
    };
  }

  private static String unseen(Unseen unseen) {
    return Printable.line(unseen.node() + "  unseen: " + unseen.why().reason());
  }

  private static List<String> paragraph(Activity activity) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s  %s  %s, up %s"
            .formatted(
                Printable.line(activity.name()),
                activity.now().node(),
                activity.health().truth("healthy") ? "ok" : "NOT WELL",
                activity.health().number("uptime_seconds").map(Figures::age).orElse("?")));
    activity.health().texts("problems").forEach(each -> lines.add("  ! " + Printable.line(each)));
    lines.add("  %-9s %9s %9s %9s".formatted("", "ops/s", "p50 ms", "p99 ms"));
    for (String operation : Answered.OPERATIONS) {
      Histogram took = activity.of(operation);
      lines.add(
          "  %-9s %9s %9s %9s"
              .formatted(
                  operation,
                  Figures.decimal(activity.perSecond(operation)),
                  millis(took, 0.5),
                  millis(took, 0.99)));
    }
    lines.add("  members   " + Printable.line(members(activity)));
    lines.add("  " + rest(activity));
    return lines;
  }

  private static String line(Activity activity) {
    var line = new StringBuilder(Printable.line(activity.name()));
    for (String operation : Answered.OPERATIONS) {
      Histogram took = activity.of(operation);
      line.append(
          "  %s %s/s p50 %s p99 %s ms"
              .formatted(
                  operation,
                  Figures.decimal(activity.perSecond(operation)),
                  millis(took, 0.5),
                  millis(took, 0.99)));
    }
    return line.append("  ").append(rest(activity)).toString();
  }

  private static String rest(Activity activity) {
    List<String> lost = activity.lost();
    List<String> suspects = activity.suspects();
    return "requests %d, connections %s, lost %s, suspect %s, hints %d, store %s, heap %s, resident %s"
        .formatted(
            activity.requests(),
            activity.health().text("connections").orElse("?"),
            names(lost),
            names(suspects),
            activity.hints(),
            Printable.line(activity.store()),
            Figures.bytes(activity.memory("heap_used_bytes")),
            Figures.bytes(activity.memory("resident_bytes")));
  }

  private static String names(List<String> members) {
    return members.isEmpty() ? "none" : Printable.line(String.join(" ", members));
  }

  /** What the node thinks of each member. */
  private static String members(Activity activity) {
    return activity.health().objects("members").stream()
        .map(member -> member.text("name").orElse("?") + " " + Standing.of(member))
        .collect(Collectors.joining(", "));
  }

  private static String millis(Histogram took, double part) {
    return took.quantileMillis(part).map(Figures::decimal).orElse("-");
  }
}
