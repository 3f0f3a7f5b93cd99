package io.cartwheel.cli.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** The demo's result, for scripts and for people. */
record DemoReport(Demo.Result result, int nodes) {

  Map<String, Object> members() {
    var figures = result.figures();
    var members = new LinkedHashMap<String, Object>();
    members.put("acknowledged", figures.acknowledged());
    members.put("refused", figures.refused());
    members.put("unanswered", figures.unanswered());
    members.put("lost", result.outcome().lost());
    members.put("resurrected", result.outcome().resurrected());
    members.put("things_lost", result.outcome().thingsLost());
    members.put("things_back", result.outcome().thingsBack());
    members.put("unread", result.outcome().unread());
    members.put("siblings_seen", figures.siblings());
    members.put("p50_ms", figures.p50Millis());
    members.put("p99_ms", figures.p99Millis());
    members.put("p999_ms", figures.p999Millis());
    members.put("kills", result.kills());
    members.put("nodes", nodes);
    members.put("seconds", result.elapsed().toMillis() / 1000.0);
    return members;
  }

  String words() {
    var figures = result.figures();
    var outcome = result.outcome();
    String carts =
        outcome.unread() == 0
            ? "all carts read from all replicas"
            : outcome.unread() + " carts could not be read from all replicas";
    return """
    %d writes acknowledged, %d requests refused, %d unanswered, %d kills
    %s: %d versions lost, %d resurrected; %d things lost, %d back\
    """
        .formatted(
            figures.acknowledged(),
            figures.refused(),
            figures.unanswered(),
            result.kills(),
            carts,
            outcome.lost(),
            outcome.resurrected(),
            outcome.thingsLost(),
            outcome.thingsBack());
  }
}
