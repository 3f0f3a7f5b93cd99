package io.cartwheel.server.node;

import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.membership.FailureDetector.Opinion;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.data.Members;
import io.cartwheel.server.metrics.ProtocolMeters;
import io.cartwheel.transport.PeerNetwork;
import io.cartwheel.transport.ShardLoops;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/**
 * How a node is, as of a moment ago: whom it reaches, what it thinks of them and keeps for them,
 * and whether its store takes writes. Safe from any thread.
 */
public final class NodeCondition {
  /** So long after a hint was refused the node says that its quota is used up. */
  private static final Duration REFUSAL_REMEMBERED = Duration.ofMinutes(1);

  private final MemberId self;
  private final NodeShards shards;
  private final Store store;
  private final ProtocolMeters protocol;
  private final long hintsQuotaBytes;
  private final ShardFigures figures;

  NodeCondition(NodeShards shards, Store store, ProtocolMeters protocol, long hintsQuotaBytes) {
    self = shards.view().self();
    this.shards = shards;
    this.store = store;
    this.protocol = protocol;
    this.hintsQuotaBytes = hintsQuotaBytes;
    figures = new ShardFigures(shards.count());
  }

  void publish(MeterRegistry registry, Members members) {
    var meters = new FigureMeters(registry, figures);
    meters.publish(hintsQuotaBytes);
    new BackgroundMeters(registry, figures).publish();
    members
        .names()
        .forEach((member, name) -> {
          if (!member.equals(self)) {
            meters.publish(member, name);
          }
        });
  }

  /** Begins to note, and to log, how the shards are; they have been started. */
  void follow(ShardLoops loops, PeerNetwork network, Members members) {
    for (int i = 0; i < shards.count(); i++) {
      figures.follow(i, loops.loop(i), shards.shard(i));
    }
    figures.follow(loops.loop(0), network.transport(0), members.names().keySet());
    new HintLog(members.names()).follow(loops.loop(0), figures);
  }

  /** Whether a link to the member stands; to this node itself always. */
  public boolean isConnected(MemberId member) {
    return member.equals(self) || figures.isConnected(member);
  }

  /** What this node's shards think of a member; of itself, whether it finds itself slow. */
  public Opinion opinionOf(MemberId member) {
    return member.equals(self)
        ? new Opinion(Health.HEALTHY, 0, figures.isSlow())
        : figures.opinionOf(member);
  }

  /** What this node keeps for others. */
  public HintsKept hints() {
    return new HintsKept(
        figures.sum(ShardFigures.Noted::hintKeys),
        figures.sum(ShardFigures.Noted::hintBytes),
        hintsQuotaBytes,
        protocol.refusedHintWithin(REFUSAL_REMEMBERED),
        figures.debts());
  }

  /** What this node has yet to forget. */
  public DeletesKept deletes() {
    BarrierDesk barriers = shards.barriers();
    return new DeletesKept(
        barriers.waiting(), barriers.heldUpBy(), barriers.view().self().reached());
  }

  /** Why the store refuses writes now, if it does. */
  public Optional<String> storeTrouble() {
    return store.trouble();
  }
}
