package io.cartwheel.server.http.admin;

import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.node.Shards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a node is, all of it at once: for a person who wonders whether anything is wrong. */
final class HealthReport {
  private final Shards shards;
  private final NodeFacts facts;
  private final Load load;

  HealthReport(Shards shards, NodeFacts facts, Load load) {
    this.shards = shards;
    this.facts = facts;
    this.load = load;
  }

  Map<String, Object> report() {
    List<String> problems = problems();
    ClusterView view = shards.view();
    var report = new LinkedHashMap<String, Object>();
    report.put("healthy", problems.isEmpty());
    report.put("problems", problems);
    facts.members().stream()
        .filter(member -> member.id().equals(view.self()))
        .forEach(self -> report.put("node", self.name()));
    report.put("id", view.self().toString());
    report.put("cluster_id", "%016x".formatted(view.clusterId()));
    report.put("ready", shards.isReady());
    report.put("recovering", view.recovering());
    report.put("storage", storage());
    report.put("members", facts.members().stream().map(HealthReport::member).toList());
    report.put("connections", load.connections().getAsLong());
    report.put("requests", load.requests().getAsLong());
    report.put("memory", ProcessFigures.memory());
    report.put("uptime_seconds", ProcessFigures.uptime().toSeconds());
    report.put("version", ProcessFigures.version());
    report.put("java", Runtime.version().toString());
    return report;
  }

  private List<String> problems() {
    var problems = new ArrayList<String>();
    if (!shards.isReady()) {
      problems.add("not ready: not a member of its cluster yet");
    }
    if (shards.view().recovering()) {
      problems.add("recovering: records may be missing here, reads prefer other replicas");
    }
    facts.storeTrouble().ifPresent(why -> problems.add("writes are refused: " + why));
    facts.members().stream()
        .filter(member -> !member.connected())
        .forEach(member -> problems.add("no connection to member " + member.name()));
    return problems;
  }

  private Map<String, Object> storage() {
    var storage = new LinkedHashMap<String, Object>();
    storage.put(
        "engine", facts.configuration().get(ConfigKeys.ENGINE).name().toLowerCase(Locale.ROOT));
    storage.put("state", facts.storeTrouble().isEmpty() ? "ok" : "refusing_writes");
    facts.storeTrouble().ifPresent(why -> storage.put("reason", why));
    return storage;
  }

  private static Map<String, Object> member(NodeFacts.Member member) {
    var each = new LinkedHashMap<String, Object>();
    each.put("id", member.id().toString());
    each.put("name", member.name());
    each.put("state", member.connected() ? "connected" : "lost");
    return each;
  }
}
