package io.cartwheel.server.http.admin;

import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.node.DeletesKept;
import io.cartwheel.server.node.HintsKept;
import io.cartwheel.server.node.Shards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How a node is, all of it at once: for a person who wonders whether anything is wrong. */
final class HealthReport {
  private final Shards shards;
  private final NodeFacts facts;
  private final Load load;
  private final HintsReport hints;

  HealthReport(Shards shards, NodeFacts facts, Load load) {
    this.shards = shards;
    this.facts = facts;
    this.load = load;
    hints = new HintsReport(facts);
  }

  Map<String, Object> report() {
    List<NodeFacts.Member> members = facts.members();
    HintsKept kept = facts.hints();
    List<String> problems = problems(members, kept);
    ClusterView view = shards.view();
    var report = new LinkedHashMap<String, Object>();
    report.put("healthy", problems.isEmpty());
    report.put("problems", problems);
    members.stream()
        .filter(member -> member.id().equals(view.self()))
        .forEach(self -> report.put("node", self.name()));
    report.put("id", view.self().toString());
    report.put("cluster_id", "%016x".formatted(view.clusterId()));
    report.put("ready", shards.isReady());
    report.put("recovering", view.recovering());
    report.put("storage", storage());
    report.put("members", members.stream().map(HealthReport::member).toList());
    report.put("hints", hints.summary(kept));
    report.put("deletes", deletes(members));
    report.put("connections", load.connections().getAsLong());
    report.put("requests", load.requests().getAsLong());
    report.put("memory", ProcessFigures.memory());
    report.put("uptime_seconds", ProcessFigures.uptime().toSeconds());
    report.put("version", ProcessFigures.version());
    report.put("java", Runtime.version().toString());
    return report;
  }

  private List<String> problems(List<NodeFacts.Member> members, HintsKept kept) {
    var problems = new ArrayList<String>();
    if (!shards.isReady()) {
      problems.add("not ready: not a member of its cluster yet");
    }
    if (shards.view().recovering()) {
      problems.add("recovering: records may be missing here, reads prefer other replicas");
    }
    facts.storeTrouble().ifPresent(why -> problems.add("writes are refused: " + why));
    members.stream().flatMap(this::problemWith).forEach(problems::add);
    if (kept.refusing() && kept.quotaBytes() > 0) {
      problems.add("hints: the quota is used up, this node stands in for nobody any more");
    }
    return problems;
  }

  private Stream<String> problemWith(NodeFacts.Member member) {
    FailureDetector.Opinion opinion = member.opinion();
    if (member.id().equals(shards.view().self())) {
      return opinion.slow()
          ? Stream.of("this node finds itself slow: it was held up, others coordinate")
          : Stream.empty();
    }
    if (!member.connected()) {
      return Stream.of("no connection to member " + member.name());
    }
    if (opinion.health() == Health.SUSPECT) {
      return Stream.of("member %s is suspected (phi %s)".formatted(member.name(), phi(opinion)));
    }
    return opinion.slow()
        ? Stream.of("member " + member.name() + " finds itself slow")
        : Stream.empty();
  }

  /** To a tenth: beyond that it says nothing. */
  private static double phi(FailureDetector.Opinion opinion) {
    return Math.round(opinion.phi() * 10) / 10.0;
  }

  private Map<String, Object> storage() {
    var storage = new LinkedHashMap<String, Object>();
    storage.put(
        "engine", facts.configuration().get(ConfigKeys.ENGINE).name().toLowerCase(Locale.ROOT));
    storage.put("state", facts.storeTrouble().isEmpty() ? "ok" : "refusing_writes");
    facts.storeTrouble().ifPresent(why -> storage.put("reason", why));
    return storage;
  }

  private Map<String, Object> deletes(List<NodeFacts.Member> members) {
    DeletesKept kept = facts.deletes();
    var deletes = new LinkedHashMap<String, Object>();
    deletes.put("waiting", kept.keys());
    deletes.put(
        "held_up_by",
        members.stream()
            .filter(member -> kept.heldUpBy().contains(member.id()))
            .map(NodeFacts.Member::name)
            .toList());
    deletes.put("barrier", kept.barrier());
    return deletes;
  }

  private static Map<String, Object> member(NodeFacts.Member member) {
    var each = new LinkedHashMap<String, Object>();
    each.put("id", member.id().toString());
    each.put("name", member.name());
    each.put("state", member.connected() ? "connected" : "lost");
    each.put("health", member.opinion().health().name().toLowerCase(Locale.ROOT));
    each.put("phi", phi(member.opinion()));
    each.put("slow", member.opinion().slow());
    return each;
  }
}
