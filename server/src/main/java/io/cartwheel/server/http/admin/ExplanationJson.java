package io.cartwheel.server.http.admin;

import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.Explanation.Answer;
import io.cartwheel.core.message.Explanation.Statement;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.message.KeyReport.Debt;
import io.cartwheel.core.message.KeyReport.Segment;
import io.cartwheel.core.message.KeyReport.Version;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Dot;
import io.cartwheel.server.http.item.Vtag;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What members say of a key, as it is told: never its values, but how long they are, and digests.
 *
 * @param names the members' labels
 */
record ExplanationJson(Function<MemberId, String> names) {

  Map<String, Object> of(Explanation explanation) {
    List<MemberId> differing = explanation.differing();
    var conflicts = new LinkedHashMap<String, Object>();
    conflicts.put("in_agreement", explanation.isAnswered() && differing.isEmpty());
    conflicts.put("differing", differing.stream().map(names).toList());
    conflicts.put("missing", explanation.missing().stream().map(names).toList());
    var object = new LinkedHashMap<String, Object>();
    object.put("conflicts", conflicts);
    object.put(
        "members",
        explanation.statements().stream()
            .map(each -> statement(each, explanation.list().isPrimary(each.member())))
            .toList());
    return object;
  }

  private Map<String, Object> statement(Statement statement, boolean primary) {
    var each = new LinkedHashMap<String, Object>();
    each.put("member", names.apply(statement.member()));
    each.put("id", statement.member().toString());
    each.put("primary", primary);
    each.put("health", word(statement.health()));
    switch (statement.answer()) {
      case Answer.Missing(var cause) -> each.put("answer", word(cause));
      case Answer.Reported(KeyReport report) -> {
        each.put("answer", "reported");
        each.put("report", report(report));
      }
    }
    return each;
  }

  private Map<String, Object> report(KeyReport report) {
    var object = new LinkedHashMap<String, Object>();
    object.put("recovering", report.recovering());
    switch (report.copy()) {
      case Copy.Absent _ -> object.put("copy", "absent");
      case Copy.Damaged _ -> object.put("copy", "damaged");
      case Copy.Held held -> {
        object.put("copy", "held");
        held(held, object);
      }
    }
    report.debt().ifPresent(debt -> object.put("owed", owed(debt)));
    report.segment().ifPresent(segment -> object.put("tree", tree(segment)));
    return object;
  }

  private static Map<String, Object> tree(Segment segment) {
    var object = new LinkedHashMap<String, Object>();
    object.put("partition", segment.tree().partition());
    object.put("owners", segment.tree().owners());
    object.put("segment", segment.number());
    object.put("vouched_for", segment.leaf().isPresent());
    segment.leaf().ifPresent(leaf -> object.put("leaf", leaf.toString()));
    return object;
  }

  private static void held(Copy.Held held, Map<String, Object> object) {
    object.put("hash", held.hash().toString());
    object.put("clock", held.clock().entries().stream().map(Dot::toString).toList());
    object.put("versions", held.versions().stream().map(ExplanationJson::version).toList());
    object.put("loss_marked", held.lossMark() != 0);
    held.epoch().ifPresent(epoch -> object.put("epoch", epoch.toString()));
  }

  private static Map<String, Object> version(Version version) {
    var each = new LinkedHashMap<String, Object>();
    each.put("vtag", Vtag.of(version.dot()));
    each.put("dot", version.dot().toString());
    each.put("tombstone", version.tombstone());
    each.put("hash", version.contentHash().toString());
    each.put("bytes", version.valueBytes());
    each.put("written", Instant.ofEpochMilli(version.writtenMillis()).toString());
    version
        .expiresMillis()
        .ifPresent(millis -> each.put("expires", Instant.ofEpochMilli(millis).toString()));
    return each;
  }

  private Map<String, Object> owed(Debt debt) {
    var object = new LinkedHashMap<String, Object>();
    object.put("owners", debt.owners().stream().map(names).toList());
    debt.sinceMillis()
        .ifPresent(millis -> object.put("since", Instant.ofEpochMilli(millis).toString()));
    return object;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
