package io.cartwheel.core.forgetting;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaService.LossListener;
import io.cartwheel.core.ring.MemberId;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** A shard's forgetting: what it sees to itself, and what it does for others who do. */
public final class Forgetting {
  private final Reaper reaper;
  private final ForgetService service;

  /**
   * Forgetting in a shard.
   *
   * @param losses hears of keys that can't be confirmed before what they lost is back
   * @param walks has a partition looked through, so that listeners of the replica see its records
   * @param walkEveryNanos how often at most a partition is looked through for what has expired
   */
  public Forgetting(
      Surroundings around,
      StorageEngine engine,
      Replica replica,
      Supplier<ClusterView> view,
      NodeBarriers barriers,
      LossListener losses,
      IntConsumer walks,
      long walkEveryNanos) {
    var candidates = new Candidates(view, around.clock());
    replica.listener(candidates);
    reaper = new Reaper(around, replica, view, barriers, candidates, losses, walks, walkEveryNanos);
    service = new ForgetService(around, engine, replica, view, barriers, losses);
  }

  /** Begins, and goes on for as long as the shard lives. */
  public void start() {
    reaper.start();
  }

  public void confirm(Message.ConfirmForgettable asked, Consumer<Message.Reply> reply) {
    service.confirm(asked, reply);
  }

  public void forget(Message.Forget asked, Consumer<Message.Reply> reply) {
    service.forget(asked, reply);
  }

  /** Drops what is about to be forgotten, and refuses proofs that end by this barrier. */
  public void voidProofs(long barrier) {
    service.voidProofs(barrier);
    reaper.voidProofs();
  }

  /** How it stands, as of now. */
  public State state() {
    return new State(reaper.waiting(), reaper.heldUpBy());
  }

  /**
   * How forgetting stands.
   *
   * @param waiting how many keys wait to be forgotten of which this shard is the first owner
   * @param heldUpBy the members because of whom nothing is forgotten just now
   */
  public record State(int waiting, SortedSet<MemberId> heldUpBy) {}
}
