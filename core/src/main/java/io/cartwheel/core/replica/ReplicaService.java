package io.cartwheel.core.replica;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A replica as other members see it: answers their messages.
 *
 * <p>It acts as a primary only under its own list; elsewhere it says so, never "not found". Asked
 * to stand in, it keeps and tells what belongs to owners that can't be reached (Dynamo §4.6).
 */
public final class ReplicaService {
  private final Replica replica;
  private final Clock clock;
  private final Supplier<ClusterView> view;
  private final LossListener losses;
  private final Stamps stamps;

  /** Hears of keys that lost their record, whenever that shows. */
  public interface LossListener {
    void lost(ItemKey key, long lossMark);
  }

  public ReplicaService(
      Replica replica,
      Clock clock,
      Stamps stamps,
      Supplier<ClusterView> view,
      LossListener losses) {
    this.replica = replica;
    this.clock = clock;
    this.stamps = stamps;
    this.view = view;
    this.losses = losses;
  }

  public void get(Message.ReplicaGet get, Consumer<Message.Reply> reply) {
    Address address = addressOf(get.key());
    boolean owner = isOwner(address);
    if (!owner && !get.standIn()) {
      reply.accept(new Message.Refused(get.id(), Refusal.NOT_OWNER));
      return;
    }
    long stamp = stamps.now();
    replica.read(
        address,
        outcome ->
            reply.accept(
                switch (outcome) {
                  case ReplicaOutcome.Held held -> stateOf(get, owner, held, stamp);
                  case ReplicaOutcome other -> refused(get.id(), other);
                }));
  }

  /** A stand-in knows only what happened since it stood in, so it is never the whole truth. */
  private Message.Reply stateOf(
      Message.ReplicaGet get, boolean owner, ReplicaOutcome.Held held, long stamp) {
    boolean recovering = !owner || view.get().recovering() || held.lossMark() != 0;
    if (owner) {
      noteLoss(get.key(), held);
    }
    return switch (get.detail()) {
      case FULL -> new Message.ReplicaState(get.id(), held.state(), recovering, stamp);
      case DIGEST -> new Message.ReplicaDigest(get.id(), held.state().hash(), recovering, stamp);
    };
  }

  public void put(Message.ReplicaPut put, Consumer<Message.Reply> reply) {
    Address address = addressOf(put.key());
    boolean owner = isOwner(address);
    if (put.owed().isEmpty() ? !owner : !owners(address).containsAll(put.owed())) {
      reply.accept(new Message.Refused(put.id(), Refusal.NOT_OWNER));
      return;
    }
    MemberId self = view.get().self();
    List<MemberId> owed = put.owed().stream().filter(each -> !each.equals(self)).toList();
    long deadlineNanos = clock.nanos() + put.timeoutMillis() * 1_000_000L;
    replica.merge(
        address,
        new Incoming(put.state(), owed, put.stamp(), deadlineNanos),
        outcome -> {
          if (outcome instanceof ReplicaOutcome.Held held) {
            if (owner) {
              noteLoss(put.key(), held);
            }
            reply.accept(new Message.ReplicaStored(put.id(), true));
          } else {
            reply.accept(refused(put.id(), outcome));
          }
        });
  }

  private void noteLoss(ItemKey key, ReplicaOutcome.Held held) {
    if (held.lossMark() != 0) {
      losses.lost(key, held.lossMark());
    }
  }

  private static Message.Reply refused(long id, ReplicaOutcome outcome) {
    Refusal refusal =
        switch (outcome) {
          case ReplicaOutcome.Expired _ -> Refusal.EXPIRED;
          case ReplicaOutcome.Overloaded _ -> Refusal.OVERLOADED;
          case ReplicaOutcome.Outdated _ -> Refusal.OUTDATED;
          case ReplicaOutcome.HintsFull _ -> Refusal.HINTS_FULL;
          case ReplicaOutcome.StorageFailed _ -> Refusal.STORAGE_FAILED;
          case ReplicaOutcome.Held _, ReplicaOutcome.SiblingsFull _ ->
              throw new AssertionError("merges and reads are not refused for siblings");
        };
    return new Message.Refused(id, refusal);
  }

  private Address addressOf(ItemKey key) {
    return new Address(view.get().partitionOf(key), key);
  }

  private boolean isOwner(Address address) {
    return owners(address).contains(view.get().self());
  }

  private List<MemberId> owners(Address address) {
    return view.get().primariesOf(address.key());
  }
}
