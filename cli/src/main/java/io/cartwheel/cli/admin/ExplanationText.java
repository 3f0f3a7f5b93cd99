package io.cartwheel.cli.admin;

import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.console.Printable;
import io.cartwheel.cli.console.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What members have of a key, as people read it: the members, the versions, the verdict. */
final class ExplanationText {
  private static final String NONE = "-";

  /** So much of a digest tells a few states apart; JSON has the whole. */
  private static final int DIGITS = 8;

  private ExplanationText() {}

  static void print(PrintStream to, JsonObject page) {
    List<String> differing = conflicts(page).texts("differing");
    var members =
        new Table("MEMBER", "ROLE", "HEALTH", "COPY", "VERSIONS", "STATE", "TREE", "NOTES");
    for (JsonObject member : page.objects("members")) {
      String name = text(member, "member");
      String role = member.truth("primary") ? "primary" : "fallback";
      Optional<JsonObject> report = member.object("report");
      members.row(
          name,
          role,
          text(member, "health"),
          report.map(ExplanationText::copy).orElse("no answer"),
          report.map(ExplanationText::count).orElse(NONE),
          report.map(each -> digest(each, "hash")).orElse(NONE),
          report.flatMap(each -> each.object("tree")).map(ExplanationText::leaf).orElse(NONE),
          report
              .map(each -> notes(each, differing.contains(name)))
              .orElseGet(() -> text(member, "answer").replace('_', ' ')));
    }
    members.print(to);
    printVersions(to, page);
    to.println(
        "partition %s, position %s, n %s"
            .formatted(text(page, "partition"), text(page, "position"), text(page, "n")));
    to.println(Printable.line(verdict(conflicts(page))));
  }

  static boolean isEmpty(JsonObject report) {
    return report.text("copy").equals(Optional.of("absent"));
  }

  static JsonObject conflicts(JsonObject page) {
    return page.object("conflicts").orElse(new JsonObject(Map.of()));
  }

  private static String copy(JsonObject report) {
    return isEmpty(report) ? "none" : text(report, "copy");
  }

  private static String count(JsonObject report) {
    return report.text("hash").isEmpty()
        ? NONE
        : Integer.toString(report.objects("versions").size());
  }

  private static String leaf(JsonObject tree) {
    return tree.truth("vouched_for") ? digest(tree, "leaf") : "not ready";
  }

  private static String digest(JsonObject object, String name) {
    String hash = object.text(name).orElse(NONE);
    return hash.substring(0, Math.min(DIGITS, hash.length()));
  }

  private static String notes(JsonObject report, boolean differs) {
    var notes = new ArrayList<String>();
    if (differs) {
      notes.add("differs");
    }
    if (report.truth("loss_marked")) {
      notes.add("may lack writes");
    }
    if (report.truth("recovering")) {
      notes.add("recovering");
    }
    report.object("owed").map(ExplanationText::owed).ifPresent(notes::add);
    return notes.isEmpty() ? NONE : String.join(", ", notes);
  }

  private static String owed(JsonObject debt) {
    return "kept for "
        + String.join(" and ", debt.texts("owners"))
        + debt.text("since").map(since -> " since " + since).orElse("");
  }

  /** Each version once, with those who have it. */
  private static void printVersions(PrintStream to, JsonObject page) {
    var holders = new LinkedHashMap<JsonObject, List<String>>();
    for (JsonObject member : page.objects("members")) {
      member.object("report").stream()
          .flatMap(report -> report.objects("versions").stream())
          .forEach(version ->
              holders.computeIfAbsent(version, _ -> new ArrayList<>()).add(text(member, "member")));
    }
    if (holders.isEmpty()) {
      return;
    }
    var versions =
        new Table("VTAG", "KIND", "WRITTEN", "EXPIRES", "BYTES", "CONTENT", "DOT", "MEMBERS");
    holders.forEach((version, members) ->
        versions.row(
            text(version, "vtag"),
            version.truth("tombstone") ? "tombstone" : "value",
            text(version, "written"),
            version.text("expires").orElse(NONE),
            text(version, "bytes"),
            digest(version, "hash"),
            text(version, "dot"),
            String.join(" ", members)));
    to.println();
    versions.print(to);
    to.println();
  }

  private static String verdict(JsonObject conflicts) {
    List<String> differing = conflicts.texts("differing");
    List<String> missing = conflicts.texts("missing");
    String silent = missing.isEmpty() ? "" : "; no answer from " + String.join(", ", missing);
    if (conflicts.truth("in_agreement")) {
      return "in agreement" + silent;
    }
    return (differing.isEmpty() ? "nothing is known" : "differing: " + String.join(", ", differing))
        + silent;
  }

  private static String text(JsonObject object, String name) {
    return object.text(name).orElse("?");
  }
}
