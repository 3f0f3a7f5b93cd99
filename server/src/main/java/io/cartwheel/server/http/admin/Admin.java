package io.cartwheel.server.http.admin;

import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.ring.RingPosition;
import io.cartwheel.server.config.Setting;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.cartwheel.server.node.Shards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Answers under {@code /admin/v1}. */
public final class Admin {
  private final Shards shards;
  private static final String LOG_LEVEL = "log-level";
  private static final String HINTS = "hints";
  private static final String REPAIR = "repair";

  private final NodeFacts facts;
  private final HealthReport health;
  private final HintsReport hints;
  private final RepairReport repair;
  private final KeyExplanation explanation;
  private final LogLevels logLevels = LogLevels.ofProcess();

  public Admin(Shards shards, NodeFacts facts, Load load) {
    this.shards = shards;
    this.facts = facts;
    health = new HealthReport(shards, facts, load);
    hints = new HintsReport(facts);
    repair = new RepairReport(shards, facts);
    explanation =
        new KeyExplanation(
            shards, new ExplanationJson(member -> names().getOrDefault(member, member.toString())));
  }

  /** Whether what is named after {@code /admin/v1} can be changed, too. */
  public static boolean changes(String what) {
    return what.equals(LOG_LEVEL) || what.equals(HINTS) || what.equals(REPAIR);
  }

  /** The answer to what is named after {@code /admin/v1}. */
  public Answer answer(RequestHead head, String what) throws RefusedException {
    return switch (what) {
      case "ring" -> Answer.json(200, ring());
      case "owners" -> Answer.json(200, owners());
      case "preflist" -> Answer.json(200, preferenceList(head));
      case "explain" -> Answer.json(200, explanation.report(head));
      case "health" -> Answer.json(200, health.report());
      case HINTS -> Answer.json(200, hints.report());
      case REPAIR -> Answer.json(200, repair.report(false));
      case LOG_LEVEL -> Answer.json(200, logLevels.shown(head.target().parameter("logger")));
      case "config" -> Answer.json(200, Map.of("settings", settings()));
      default -> throw new RefusedException(Problem.notFound("no such path"));
    };
  }

  /** Changes what is named after {@code /admin/v1}, and answers how it is now. */
  public Answer change(RequestHead head, String what) throws RefusedException {
    return switch (what) {
      case HINTS -> Answer.json(200, drained(head));
      case REPAIR -> Answer.json(200, repairStarted(head));
      case LOG_LEVEL -> Answer.json(200, levelSet(head));
      default -> throw new RefusedException(Problem.notFound("no such path"));
    };
  }

  private Map<String, Object> levelSet(RequestHead head) throws RefusedException {
    String logger = head.target().parameter("logger").orElse("");
    String level = head.target().parameter("level").orElse("");
    return logLevels.set(logger, level);
  }

  private Map<String, Object> drained(RequestHead head) throws RefusedException {
    if (!head.target().parameter("drain").equals(Optional.of("true"))) {
      throw RefusedException.badRequest("what to do with the hints must be said: drain=true");
    }
    shards.drainHints();
    return hints.report();
  }

  private Map<String, Object> repairStarted(RequestHead head) throws RefusedException {
    if (!head.target().parameter("start").equals(Optional.of("true"))) {
      throw RefusedException.badRequest("what to do must be said: start=true");
    }
    return repair.report(true);
  }

  private Map<String, Object> ring() {
    ClusterView view = shards.view();
    var object = clusterFacts(view);
    object.put("self", view.self().toString());
    object.put("ready", shards.isReady());
    object.put("recovering", view.recovering());
    object.put("partitions", view.ring().partitions());
    var members = new ArrayList<Map<String, Object>>();
    SortedMap<MemberId, int[]> shares = shares(view.ring());
    for (NodeFacts.Member member : facts.members()) {
      int[] share = shares.getOrDefault(member.id(), new int[2]);
      var each = new LinkedHashMap<String, Object>();
      each.put("id", member.id().toString());
      each.put("name", member.name());
      each.put("peer", member.peer());
      member.http().ifPresent(address -> each.put("http", address));
      each.put("state", member.connected() ? "connected" : "lost");
      each.put("partitions", share[0]);
      each.put("replicas", share[1]);
      members.add(each);
    }
    object.put("members", members);
    return object;
  }

  static Map<String, Object> clusterFacts(ClusterView view) {
    var object = new LinkedHashMap<String, Object>();
    object.put("cluster_id", "%016x".formatted(view.clusterId()));
    object.put("version", view.ring().version());
    return object;
  }

  /** For each member of how many partitions it is the first owner, and of how many any. */
  private static SortedMap<MemberId, int[]> shares(Ring ring) {
    var shares = new TreeMap<MemberId, int[]>();
    for (int partition = 0; partition < ring.partitions(); partition++) {
      List<MemberId> owners = ring.owners(partition);
      for (MemberId owner : owners) {
        shares.computeIfAbsent(owner, _ -> new int[2])[1]++;
      }
      shares.computeIfAbsent(owners.getFirst(), _ -> new int[2])[0]++;
    }
    return shares;
  }

  private Map<String, Object> owners() {
    ClusterView view = shards.view();
    SortedMap<MemberId, String> names = names();
    var object = clusterFacts(view);
    var partitions = new ArrayList<Map<String, Object>>();
    for (int partition = 0; partition < view.ring().partitions(); partition++) {
      var each = new LinkedHashMap<String, Object>();
      each.put("partition", partition);
      each.put("owners", named(view.ring().owners(partition), names));
      partitions.add(each);
    }
    object.put("partitions", partitions);
    return object;
  }

  private SortedMap<MemberId, String> names() {
    var names = new TreeMap<MemberId, String>();
    facts.members().forEach(member -> names.put(member.id(), member.name()));
    return names;
  }

  private static List<String> named(List<MemberId> members, SortedMap<MemberId, String> names) {
    return members.stream().map(member -> names.getOrDefault(member, member.toString())).toList();
  }

  private Map<String, Object> preferenceList(RequestHead head) throws RefusedException {
    ClusterView view = shards.view();
    AskedKey asked = AskedKey.of(head, view);
    int n = asked.type().n();
    PreferenceList list = view.ring().preferenceList(view.partitionOf(asked.key()), n);
    SortedMap<MemberId, String> names = names();
    var object = clusterFacts(view);
    object.put("partition", list.partition());
    object.put("position", RingPosition.of(asked.key()).toString());
    object.put("n", n);
    object.put("primaries", named(list.primaries(), names));
    object.put(
        "fallbacks", named(list.members().subList(list.owners(), list.members().size()), names));
    return object;
  }

  private List<Map<String, Object>> settings() {
    return facts.configuration().effective().stream().map(Admin::setting).toList();
  }

  private static Map<String, Object> setting(Setting setting) {
    var each = new LinkedHashMap<String, Object>();
    each.put("key", setting.key().name());
    each.put("value", setting.text());
    each.put("source", setting.source().described());
    return each;
  }
}
