package io.cartwheel.server.http.admin;

import io.cartwheel.core.replica.HintLedger.Debt;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.node.HintsKept;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a node keeps for owners that it can't reach (Dynamo §4.6). */
final class HintsReport {
  private final NodeFacts facts;

  HintsReport(NodeFacts facts) {
    this.facts = facts;
  }

  Map<String, Object> report() {
    HintsKept kept = facts.hints();
    var report = new LinkedHashMap<String, Object>();
    report.put("total", kept.keys());
    report.put("hints", owners(kept));
    return report;
  }

  /** The same among all that is told of a node's health, with the quota. */
  Map<String, Object> summary(HintsKept kept) {
    var summary = new LinkedHashMap<String, Object>();
    summary.put("total", kept.keys());
    summary.put("bytes", kept.bytes());
    summary.put("quota_bytes", kept.quotaBytes());
    summary.put("owners", owners(kept));
    return summary;
  }

  private List<Map<String, Object>> owners(HintsKept kept) {
    long nowMillis = System.currentTimeMillis();
    var owners = new ArrayList<Map<String, Object>>();
    kept.owed()
        .forEach((owner, debt) -> {
          var each = new LinkedHashMap<String, Object>();
          each.put("owner", nameOf(owner));
          each.put("count", debt.count());
          each.put("bytes", debt.bytes());
          each.put("oldest_s", ageSeconds(debt, nowMillis));
          owners.add(each);
        });
    return owners;
  }

  private static long ageSeconds(Debt debt, long nowMillis) {
    return Math.max(0, nowMillis - debt.oldestMillis()) / 1000;
  }

  private String nameOf(MemberId owner) {
    return facts.members().stream()
        .filter(member -> member.id().equals(owner))
        .map(NodeFacts.Member::name)
        .findFirst()
        .orElse(owner.toString());
  }
}
