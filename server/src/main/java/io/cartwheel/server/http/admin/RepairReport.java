package io.cartwheel.server.http.admin;

import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.node.Shards;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How all members' records compare, as each says of itself (Dynamo §4.7). Waits for them. */
final class RepairReport {
  /** Longer than members are waited for. */
  private static final long PATIENCE_SECONDS = 15;

  private final Shards shards;
  private final NodeFacts facts;

  RepairReport(Shards shards, NodeFacts facts) {
    this.shards = shards;
    this.facts = facts;
  }

  /**
   * The report.
   *
   * @param start whether members shall compare all anew first
   */
  Map<String, Object> report(boolean start) throws RefusedException {
    SortedMap<MemberId, Optional<RepairState>> answers = answers(start);
    List<RepairState> states = answers.values().stream().flatMap(Optional::stream).toList();
    var report = new LinkedHashMap<String, Object>();
    report.put(
        "in_sync",
        states.size() == answers.size() && states.stream().allMatch(RepairState::inSync));
    report.put("differing", states.stream().mapToLong(RepairState::differing).sum());
    report.put("repaired", states.stream().mapToLong(RepairState::repaired).sum());
    report.put("members", members(answers));
    return report;
  }

  private List<Map<String, Object>> members(SortedMap<MemberId, Optional<RepairState>> answers) {
    var members = new ArrayList<Map<String, Object>>();
    for (NodeFacts.Member member : facts.members()) {
      var each = new LinkedHashMap<String, Object>();
      each.put("name", member.name());
      Optional<RepairState> state =
          Optional.ofNullable(answers.get(member.id())).flatMap(answer -> answer);
      each.put("answered", state.isPresent());
      state.ifPresent(known -> {
        each.put("in_sync", known.inSync());
        each.put("differing", known.differing());
        each.put("repaired", known.repaired());
      });
      members.add(each);
    }
    return members;
  }

  private SortedMap<MemberId, Optional<RepairState>> answers(boolean start)
      throws RefusedException {
    try {
      return shards.surveyRepairs(start).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException(Problem.of(503, "unavailable", "interrupted"));
    } catch (ExecutionException | TimeoutException e) {
      throw new RefusedException(Problem.of(503, "unavailable", "the shards do not answer"));
    }
  }
}
