package io.cartwheel.server.node;

import io.cartwheel.core.background.AdmissionController;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.membership.FailureDetector.Opinion;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.replica.HintLedger.Debt;
import io.cartwheel.core.ring.MemberId;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;

/**
 * What shards have under way, keep for others and think of the members, noted by each on its own
 * thread several times a second, so that whoever asks never waits for one.
 */
final class ShardFigures {
  private static final long INTERVAL_MILLIS = 200;

  private final AtomicReferenceArray<Noted> noted;
  private volatile Set<MemberId> connected = Set.of();

  /** One shard's figures as of a moment ago. */
  record Noted(
      int questions,
      int keysBusy,
      boolean slow,
      SortedMap<MemberId, Opinion> opinions,
      int hintKeys,
      long hintBytes,
      SortedMap<MemberId, Debt> debts,
      Optional<AdmissionController.Report> background) {
    static final Noted NOTHING =
        new Noted(
            0,
            0,
            false,
            Collections.emptySortedMap(),
            0,
            0,
            Collections.emptySortedMap(),
            Optional.empty());

    static Noted of(Shard shard, long nowNanos) {
      return new Noted(
          shard.questionsOpen(),
          shard.keysBusy(),
          shard.isSlow(),
          shard.detector().opinions(nowNanos),
          shard.hints().count(),
          shard.hints().bytes(),
          shard.hints().debts(),
          Optional.of(shard.background()));
    }
  }

  ShardFigures(int shards) {
    noted = new AtomicReferenceArray<>(shards);
    for (int i = 0; i < shards; i++) {
      noted.set(i, Noted.NOTHING);
    }
  }

  void note(int number, Noted figures) {
    noted.set(number, figures);
  }

  /** Begins to note a shard's figures. */
  void follow(int number, EventLoop loop, Shard shard) {
    loop.scheduleAtFixedRate(
        () -> note(number, Noted.of(shard, System.nanoTime())),
        INTERVAL_MILLIS,
        INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Begins to note which members one shard reaches; the transport's thread is the loop. */
  void follow(EventLoop loop, Transport transport, Collection<MemberId> members) {
    loop.scheduleAtFixedRate(
        () -> {
          var reached = new TreeSet<MemberId>();
          members.stream().filter(transport::isConnected).forEach(reached::add);
          connected = reached;
        },
        INTERVAL_MILLIS,
        INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  boolean isConnected(MemberId member) {
    return connected.contains(member);
  }

  int membersConnected() {
    return connected.size();
  }

  long sum(ToLongFunction<Noted> figure) {
    return all().stream().mapToLong(figure).sum();
  }

  /** Whether any shard finds itself slow. */
  boolean isSlow() {
    return all().stream().anyMatch(Noted::slow);
  }

  /** What each owner is owed by all shards together. */
  SortedMap<MemberId, Debt> debts() {
    var debts = new TreeMap<MemberId, Debt>();
    all()
        .forEach(shard ->
            shard.debts().forEach((owner, debt) -> debts.merge(owner, debt, HintsKept::both)));
    return debts;
  }

  /** What background work gets at each shard, once that was noted. */
  List<AdmissionController.Report> background() {
    return all().stream().flatMap(shard -> shard.background().stream()).toList();
  }

  /** The worst that any shard thinks of a member: each has links and suspicions of its own. */
  Opinion opinionOf(MemberId member) {
    return all().stream()
        .flatMap(shard -> Optional.ofNullable(shard.opinions().get(member)).stream())
        .reduce(ShardFigures::worse)
        .orElse(new Opinion(Health.UNTRIED, 0, false));
  }

  private static Opinion worse(Opinion one, Opinion other) {
    return new Opinion(
        worse(one.health(), other.health()),
        Math.max(one.phi(), other.phi()),
        one.slow() || other.slow());
  }

  private static Health worse(Health one, Health other) {
    if (one == Health.UNTRIED || other == Health.UNTRIED) {
      return one == Health.UNTRIED ? other : one;
    }
    return one == Health.SUSPECT ? one : other;
  }

  private List<Noted> all() {
    var all = new ArrayList<Noted>();
    for (int i = 0; i < noted.length(); i++) {
      all.add(noted.get(i));
    }
    return all;
  }
}
