package io.cartwheel.core.handoff;

import io.cartwheel.core.background.Work;
import io.cartwheel.core.coordination.Inquiry;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.HintLedger.Due;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Brings what is owed to owners that answer again (Dynamo §4.6): each owner's oldest debts first,
 * the owners in turn, and so many a second, fewer while clients' requests suffer.
 *
 * <p>A delivery reads the record, sends its state as any write is sent, and strikes the owner off
 * once it says that it holds it durably. Whatever goes wrong, the hint stays and is tried again,
 * after a while that is its own: it may be the record that can't be taken, not the owner that can't
 * take any. Only an owner that does not answer at all is left alone.
 */
public final class HintDelivery {
  private static final long INTERVAL_NANOS = 50_000_000L;
  private static final int TURNS_PER_SECOND = (int) (1_000_000_000L / INTERVAL_NANOS);
  private static final int TIMEOUT_MILLIS = 5_000;

  private final Surroundings around;
  private final Replica replica;
  private final HintLedger ledger;
  private final Supplier<ClusterView> view;
  private final Pace pace;
  private final Windows windows;
  private final Setbacks setbacks = new Setbacks();
  private final Set<Due> underWay = new LinkedHashSet<>();
  private MemberId lastServed;

  /**
   * Delivery of a shard's hints.
   *
   * @param perSecond how many at most are begun each second
   */
  public HintDelivery(
      Surroundings around,
      Replica replica,
      HintLedger ledger,
      Supplier<ClusterView> view,
      double perSecond) {
    this.around = around;
    this.replica = replica;
    this.ledger = ledger;
    this.view = view;
    pace = new Pace(perSecond, TURNS_PER_SECOND);
    windows = new Windows(pace.most());
    lastServed = view.get().self();
  }

  /** Begins, and goes on for as long as the shard lives. */
  public void start() {
    around.timers().after(INTERVAL_NANOS, this::turn);
  }

  /** Forgets what it meant to put off, and tries all now. */
  public void hurry() {
    setbacks.forgetAll();
  }

  /** How many debts could not be handed over when they were last tried. */
  int setbackCount() {
    return setbacks.count();
  }

  private void turn() {
    start();
    pace.turn(around.background().share(Work.HINTS));
    if (!ledger.isEmpty()) {
      deal(around.clock().nanos());
    }
  }

  /** Deals out what the pace allows: one to each owner that answers, and round again. */
  private void deal(long now) {
    Queue<MemberId> line = new ArrayDeque<>(ownersInTurn());
    while (pace.allowed() > 0 && !line.isEmpty()) {
      MemberId owner = line.remove();
      Optional<Due> next =
          windows.hasRoom(owner)
              ? ledger.next(owner, due -> mayBeTried(due, now))
              : Optional.empty();
      if (next.isPresent()) {
        line.add(owner);
        lastServed = owner;
        pace.began();
        new Delivery(next.get()).begin();
      }
    }
    if (!line.isEmpty() && around.background().share(Work.HINTS) < 1) {
      around.background().waited(Work.HINTS);
    }
  }

  /** The owners that answer, from the one on that comes after the one served last. */
  private List<MemberId> ownersInTurn() {
    return ledger.owners().stream()
        .filter(owner -> around.readiness().healthOf(owner) == Health.HEALTHY)
        .sorted(Comparator.comparing(owner -> owner.compareTo(lastServed) <= 0))
        .toList();
  }

  private boolean mayBeTried(Due due, long now) {
    return !underWay.contains(due) && !setbacks.isPutOff(due, now);
  }

  /** One debt on its way to its owner. */
  private final class Delivery implements Inquiry {
    private final Due due;
    private Timers.Timer timeout = () -> {};
    private OptionalLong question = OptionalLong.empty();
    private VersionSet sent = VersionSet.EMPTY;
    private final long stamp = around.stamps().now();
    private Runnable done = () -> {};
    private boolean ended;

    Delivery(Due due) {
      this.due = due;
    }

    void begin() {
      underWay.add(due);
      windows.began(due.owner());
      done = around.background().began(Work.HINTS);
      timeout = around.timers().after(TIMEOUT_MILLIS * 1_000_000L, this::fail);
      replica.read(
          due.address(),
          outcome -> {
            if (ended) {
              return;
            }
            if (outcome instanceof ReplicaOutcome.Held(VersionSet state, _)) {
              send(state);
            } else {
              fail();
            }
          });
    }

    private void send(VersionSet state) {
      sent = state;
      if (state.isEmpty()) {
        // The record was lost or has gone: there is nothing left to owe.
        settle();
        return;
      }
      long asked =
          around
              .inquiries()
              .ask(
                  due.owner(),
                  this,
                  id ->
                      new Message.ReplicaPut(
                          id,
                          due.address().key(),
                          view.get().ring().version(),
                          state,
                          List.of(),
                          stamp,
                          TIMEOUT_MILLIS));
      question = OptionalLong.of(asked);
    }

    @Override
    public void replied(MemberId from, Message.Reply reply) {
      if (reply instanceof Message.ReplicaStored(_, boolean durable) && durable) {
        settle();
      } else {
        fail();
      }
    }

    @Override
    public void failed(MemberId member) {
      fail();
    }

    private void settle() {
      boolean keep = view.get().primariesOf(due.address().key()).contains(view.get().self());
      replica.settle(
          due.address(),
          due.owner(),
          sent,
          keep,
          outcome -> {
            if (outcome instanceof ReplicaOutcome.Held) {
              setbacks.forget(due);
              end(() -> windows.taken(due.owner()));
            } else {
              fail();
            }
          });
    }

    private void fail() {
      end(() -> {
        windows.failed(due.owner());
        if (ledger.owes(due)) {
          setbacks.failed(due, around.clock().nanos());
        }
      });
    }

    private void end(Runnable how) {
      if (!ended) {
        ended = true;
        timeout.cancel();
        question.ifPresent(around.inquiries()::forget);
        underWay.remove(due);
        done.run();
        how.run();
      }
    }
  }
}
