package io.cartwheel.cli.admin;

import io.cartwheel.cli.admin.Glance.Seen;
import io.cartwheel.cli.console.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a node did between two looks at it, and how it was at the second. */
record Activity(Seen before, Seen now) {
  private static final double NANOS = 1e9;

  /** The node's name for itself. */
  String name() {
    return health().text("node").orElse("?");
  }

  JsonObject health() {
    return now.health();
  }

  Histogram of(String operation) {
    return now.answered().of(operation).since(before.answered().of(operation));
  }

  double perSecond(String operation) {
    return of(operation).count() / Math.max((now.nanos() - before.nanos()) / NANOS, 1e-3);
  }

  /** Requests under way, without the one that asked for this. */
  long requests() {
    return Math.max(0, health().number("requests").orElse(1L) - 1);
  }

  /** The members that the node has no connection to. */
  List<String> lost() {
    return health().objects("members").stream()
        .filter(member -> member.text("state").filter("lost"::equals).isPresent())
        .map(member -> member.text("name").orElse("?"))
        .toList();
  }

  /** The members that are connected, but not counted on. */
  List<String> suspects() {
    return health().objects("members").stream()
        .filter(member -> member.text("state").filter("connected"::equals).isPresent())
        .filter(member -> member.text("health").filter("suspect"::equals).isPresent())
        .map(member -> member.text("name").orElse("?"))
        .toList();
  }

  /** How many keys the node keeps for others. */
  long hints() {
    return health().object("hints").flatMap(hints -> hints.number("total")).orElse(0L);
  }

  private Map<String, Object> phi() {
    var phi = new LinkedHashMap<String, Object>();
    health()
        .objects("members")
        .forEach(member ->
            member
                .decimal("phi")
                .ifPresent(value -> phi.put(member.text("name").orElse("?"), value)));
    return phi;
  }

  String store() {
    return health().object("storage").flatMap(store -> store.text("state")).orElse("?");
  }

  long memory(String name) {
    return health().object("memory").flatMap(memory -> memory.number(name)).orElse(0L);
  }

  Map<String, Object> toJson() {
    var members = new LinkedHashMap<String, Object>();
    members.put("address", now.node());
    members.put("node", name());
    members.put("healthy", health().truth("healthy"));
    Answered.OPERATIONS.forEach(operation -> members.put(operation, operation(operation)));
    members.put("requests", requests());
    members.put("connections", health().number("connections"));
    members.put("lost", lost());
    members.put("suspect", suspects());
    members.put("phi", phi());
    members.put("hints", hints());
    members.put("store", store());
    members.put("heap_used_bytes", memory("heap_used_bytes"));
    members.put("resident_bytes", memory("resident_bytes"));
    return members;
  }

  private Map<String, Object> operation(String operation) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("per_second", perSecond(operation));
    figures.put("p50_ms", of(operation).quantileMillis(0.5));
    figures.put("p99_ms", of(operation).quantileMillis(0.99));
    return figures;
  }
}
