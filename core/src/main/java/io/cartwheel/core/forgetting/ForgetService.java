package io.cartwheel.core.forgetting;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Forgettable;
import io.cartwheel.core.message.Message.Refusal;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import io.cartwheel.core.replica.Forgetter;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.replica.ReplicaService.LossListener;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A primary as whoever wants to forget something sees it: confirms, and forgets. */
final class ForgetService {
  private final Surroundings around;
  private final StorageEngine engine;
  private final Replica replica;
  private final Forgetter forgetter;
  private final Supplier<ClusterView> view;
  private final NodeBarriers barriers;
  private final LossListener losses;
  private long voidedBarrier;

  ForgetService(
      Surroundings around,
      StorageEngine engine,
      Replica replica,
      Supplier<ClusterView> view,
      NodeBarriers barriers,
      LossListener losses) {
    this.around = around;
    this.engine = engine;
    this.replica = replica;
    forgetter = new Forgetter(replica);
    this.view = view;
    this.barriers = barriers;
    this.losses = losses;
  }

  /** From now on proofs that end by this barrier are none. */
  void voidProofs(long barrier) {
    voidedBarrier = Math.max(voidedBarrier, barrier);
  }

  void confirm(Message.ConfirmForgettable asked, Consumer<Message.Reply> reply) {
    if (view.get().recovering() || !areOwn(asked.partition(), asked.keys())) {
      reply.accept(new Message.Refused(asked.id(), Refusal.NOT_READY));
      return;
    }
    List<Forgettable> keys = asked.keys();
    var confirmed = new ArrayList<>(Collections.nCopies(keys.size(), false));
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < keys.size(); number++) {
      numbers.add(number);
    }
    InPieces.work(
        around.timers(),
        numbers,
        (number, done) -> {
          Forgettable key = keys.get(number);
          replica.read(
              new Address(asked.partition(), key.key()),
              outcome -> {
                confirmed.set(number, isHeld(key, outcome));
                done.run();
              });
        },
        () -> confirmDurably(asked.id(), confirmed, reply));
  }

  private boolean areOwn(int partition, List<Forgettable> keys) {
    return keys.stream()
        .allMatch(each ->
            view.get().partitionOf(each.key()) == partition
                && view.get().primariesOf(each.key()).contains(view.get().self()));
  }

  private boolean isHeld(Forgettable key, ReplicaOutcome outcome) {
    if (outcome instanceof ReplicaOutcome.Held(_, long lossMark) && lossMark != 0) {
      losses.lost(key.key(), lossMark);
      return false;
    }
    return outcome instanceof ReplicaOutcome.Held(VersionSet state, _)
        && mayGo(key, state)
        && state.hash().equals(key.state())
        && remainsOf(key, state).hash().equals(key.remains());
  }

  /**
   * Where time decides, what goes must not be later than what this member would write next: its
   * coordinators would not know any more what they have to be later than (ADR 2).
   */
  private boolean mayGo(Forgettable key, VersionSet state) {
    long now = around.clock().wallMillis();
    boolean byTime =
        view.get()
            .typeOf(key.key())
            .map(type -> type.policy() == ConflictPolicy.LAST_WRITE_WINS)
            .orElse(true);
    return !byTime
        || state.siblings().stream().allMatch(each -> each.content().writtenMillis() <= now);
  }

  /** Of a type that is not known here everything remains, so that no confirmation fits. */
  private VersionSet remainsOf(Forgettable key, VersionSet state) {
    long now = around.clock().wallMillis();
    return Remains.of(view.get(), key.key(), state, now).orElse(state);
  }

  /** A loss of power must not bring back what was there before the confirmed states. */
  private void confirmDurably(long id, List<Boolean> confirmed, Consumer<Message.Reply> reply) {
    engine.sync(result ->
        reply.accept(
            switch (result) {
              case WriteResult.Written _ ->
                  new Message.ForgettableConfirmed(
                      id, confirmed, barriers.view().self().start(), around.stamps().reached());
              case WriteResult.Failed _ -> new Message.Refused(id, Refusal.STORAGE_FAILED);
            }));
  }

  void forget(Message.Forget asked, Consumer<Message.Reply> reply) {
    if (isVoid(asked) || !areOwn(asked.partition(), asked.keys())) {
      reply.accept(new Message.Refused(asked.id(), Refusal.OUTDATED));
      return;
    }
    barriers.forgetting(
        asked.partition(),
        asked.proof(),
        noted -> {
          if (!noted) {
            reply.accept(new Message.Refused(asked.id(), Refusal.STORAGE_FAILED));
          } else if (isVoid(asked)) {
            reply.accept(new Message.Refused(asked.id(), Refusal.OUTDATED));
          } else {
            forgetAll(asked, reply);
          }
        });
  }

  /** Its last barrier must be reached here too, so that nothing from before it is taken. */
  private boolean isVoid(Message.Forget asked) {
    long last = asked.proof() + 1;
    return last <= voidedBarrier || last > around.stamps().reached();
  }

  private void forgetAll(Message.Forget asked, Consumer<Message.Reply> reply) {
    var forgot = new int[1];
    InPieces.work(
        around.timers(),
        asked.keys(),
        (key, done) ->
            forgetter.forget(
                new Address(asked.partition(), key.key()),
                key,
                state -> remainsOf(key, state),
                outcome -> {
                  boolean gone =
                      outcome instanceof ReplicaOutcome.Held(VersionSet left, _)
                          && left.hash().equals(key.remains());
                  forgot[0] += gone ? 1 : 0;
                  done.run();
                }),
        () -> reply.accept(new Message.Forgot(asked.id(), forgot[0])));
  }
}
