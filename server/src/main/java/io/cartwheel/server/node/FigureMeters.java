package io.cartwheel.server.node;

import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.replica.HintLedger.Debt;
import io.cartwheel.core.ring.MemberId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The shards' figures as metrics. */
final class FigureMeters {
  private static final String OWNER = "owner";
  private static final String PEER = "peer";

  private final MeterRegistry registry;
  private final ShardFigures figures;

  FigureMeters(MeterRegistry registry, ShardFigures figures) {
    this.registry = registry;
    this.figures = figures;
  }

  /** Publishes what a node tells of itself. */
  void publish(long hintsQuotaBytes) {
    registry.gauge("cartwheel.questions.open", figures, f -> f.sum(ShardFigures.Noted::questions));
    registry.gauge("cartwheel.keys.busy", figures, f -> f.sum(ShardFigures.Noted::keysBusy));
    registry.gauge("cartwheel.members.connected", figures, ShardFigures::membersConnected);
    Gauge.builder("cartwheel.self.slow", figures, f -> f.isSlow() ? 1 : 0)
        .description("1 while this node finds itself slow, so that others coordinate")
        .register(registry);
    Gauge.builder("cartwheel.hints.used.bytes", figures, f -> f.sum(ShardFigures.Noted::hintBytes))
        .description("What is kept for others, each record once; bounded by the quota")
        .register(registry);
    Gauge.builder("cartwheel.hints.quota.bytes", () -> hintsQuotaBytes)
        .description("How much may be kept for others")
        .register(registry);
  }

  /** Publishes what is owed to another member, and what is thought of it. */
  void publish(MemberId member, String name) {
    owed(member, name, "hints.pending", "Keys kept for an owner", Debt::count);
    owed(member, name, "hints.pending.bytes", "Records kept for an owner", Debt::bytes);
    owed(member, name, "hints.oldest.seconds", "Age of the oldest", FigureMeters::ageSeconds);
    Gauge.builder("cartwheel.phi", figures, f -> f.opinionOf(member).phi())
        .description("How unlikely a member's silence is, the most of all shards; above 8 suspect")
        .tag(PEER, name)
        .register(registry);
    Gauge.builder("cartwheel.peer.slow", figures, f -> f.opinionOf(member).slow() ? 1 : 0)
        .description("1 while a member says that it finds itself slow")
        .tag(PEER, name)
        .register(registry);
    for (Health health : Health.values()) {
      Gauge.builder(
              "cartwheel.peer.health", figures, f -> f.opinionOf(member).health() == health ? 1 : 0)
          .description("What is held of a member: 1 at one state; suspect if any shard suspects it")
          .tag(PEER, name)
          .tag("state", health.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private void owed(
      MemberId owner, String name, String meter, String what, ToDoubleFunction<Debt> figure) {
    Gauge.builder(
            "cartwheel." + meter,
            figures,
            f -> Optional.ofNullable(f.debts().get(owner)).map(figure::applyAsDouble).orElse(0.0))
        .description(what)
        .tag(OWNER, name)
        .register(registry);
  }

  private static double ageSeconds(Debt debt) {
    return Math.max(0, System.currentTimeMillis() - debt.oldestMillis()) / 1e3;
  }
}
