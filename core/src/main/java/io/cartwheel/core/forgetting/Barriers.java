package io.cartwheel.core.forgetting;

import io.cartwheel.core.antientropy.OneQuestion;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.membership.BarrierRecord;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.BarrierHost;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A node's barriers: numbers that the whole cluster goes through together, each only once all
 * members have reached the one before (ADR 15).
 *
 * <p>Whoever waits for a barrier raises it and asks the others how they stand; nobody else does
 * anything. A member reaches a barrier when all its shards stamp their work with it, and all that
 * they wrote is safe from a loss of power; it makes that durable before it says so.
 *
 * <p>A member of which others know more than it does itself has come back with an older copy of its
 * directory: before it serves anybody it sets aside what they forgot since. So a start asks first,
 * unless nobody answers. Runs on the thread of shard 0.
 */
public final class Barriers {
  private static final long TURN_NANOS = 200_000_000L;
  private static final long AGAIN_NANOS = 1_000_000_000L;
  private static final int TIMEOUT_MILLIS = 2_000;

  /** A node that hears nobody for so long after its start goes by what it has. */
  private static final long SILENCE_NANOS = 1_000_000_000L;

  private final Surroundings around;
  private final Supplier<ClusterView> view;
  private final BarrierHost host;
  private final long everyNanos;
  private final TreeMap<MemberId, Standing> others = new TreeMap<>();
  private final Set<MemberId> asked = new LinkedHashSet<>();
  private final long start;
  private BarrierRecord kept;
  private BarrierRecord durable;
  private Foreign foreign;
  private long reached;
  private long current;
  private long wanted;
  private long raisedNanos;
  private long startedNanos;
  private boolean moving;
  private Stage stage = Stage.KNOCKING;

  private enum Stage {
    /** Has heard of nobody yet what is remembered of this member. */
    KNOCKING,
    /** Others remember more of this member than it does itself. */
    RETURNING,
    OPEN
  }

  /**
   * Barriers of a node that starts.
   *
   * @param kept what its directory says
   * @param start drawn anew at each start of the process
   * @param everyNanos from one raise to the next at least
   */
  public Barriers(
      Surroundings around,
      Supplier<ClusterView> view,
      BarrierHost host,
      BarrierRecord kept,
      long start,
      long everyNanos) {
    this.around = around;
    this.view = view;
    this.host = host;
    this.kept = kept;
    durable = kept;
    this.start = start;
    this.everyNanos = everyNanos;
    reached = kept.reached();
    current = reached;
    foreign = Foreign.unknownUntil(current + 1);
  }

  /** Begins, and goes on for as long as the node lives. */
  public void start() {
    startedNanos = around.clock().nanos();
    raisedNanos = startedNanos - everyNanos;
    publish();
    if (members().isEmpty()) {
      open();
    }
    turn();
  }

  /** Somebody waits until all members have reached this barrier. */
  public void want(long barrier) {
    wanted = Math.max(wanted, barrier);
  }

  /** Notes durably that something of a partition is about to be forgotten; then {@code done}. */
  public void forgetting(int partition, long barrier, Consumer<Boolean> done) {
    if (durable.forgot().getOrDefault(partition, 0L) >= barrier) {
      done.accept(true);
      return;
    }
    save(kept.forgot(partition, barrier), done);
  }

  /** Voids all proofs under way here, then tells what was forgotten since a barrier. */
  public void forgotSince(MemberId from, long copyReached, Consumer<SortedSet<Integer>> done) {
    others.remove(from);
    host.voidProofs(reached + 1, () -> done.accept(kept.forgotSince(copyReached)));
  }

  /** Another member told how it stands, and what it remembers of this one. */
  public void heard(MemberId from, long theirCurrent, long remembered) {
    if (stage == Stage.RETURNING || from.equals(view.get().self())) {
      return;
    }
    if (remembered > reached || theirCurrent > reached + 1) {
      returned(Math.max(remembered, theirCurrent));
      return;
    }
    if (stage == Stage.KNOCKING) {
      open();
    }
    if (theirCurrent > current) {
      current = theirCurrent;
      raisedNanos = around.clock().nanos();
    }
    move();
  }

  private void turn() {
    around.timers().after(TURN_NANOS, this::turn);
    long now = around.clock().nanos();
    if (stage == Stage.KNOCKING && now - startedNanos >= SILENCE_NANOS) {
      open();
    }
    boolean waiting = wanted > viewNow().reachedByAll();
    if (stage != Stage.RETURNING) {
      members().stream()
          .filter(member -> waiting ? hasNews(member) : isNew(member))
          .forEach(this::ask);
    }
    boolean all = viewNow().reachedByAll() >= current && others.size() == members().size();
    if (stage == Stage.OPEN && waiting && all && now - raisedNanos >= everyNanos) {
      current++;
      raisedNanos = now;
    }
    move();
  }

  /** Whether a member that answers has told this process nothing yet. */
  private boolean isNew(MemberId member) {
    return !others.containsKey(member) && around.readiness().healthOf(member) != Health.SUSPECT;
  }

  /** Whether a member that answers has yet to say that it reached the present barrier. */
  private boolean hasNews(MemberId member) {
    Standing known = others.get(member);
    return (known == null || known.reached() < current)
        && around.readiness().healthOf(member) != Health.SUSPECT;
  }

  private List<MemberId> members() {
    MemberId self = view.get().self();
    return view.get().ring().members().stream().filter(each -> !each.equals(self)).toList();
  }

  private void ask(MemberId member) {
    if (!asked.add(member)) {
      return;
    }
    long remembered = Optional.ofNullable(others.get(member)).map(Standing::reached).orElse(0L);
    OneQuestion.ask(
        around,
        member,
        TIMEOUT_MILLIS,
        id -> new Message.BarrierQuery(id, current, remembered, TIMEOUT_MILLIS),
        answer -> {
          asked.remove(member);
          if (answer.orElse(null)
              instanceof Message.BarrierReport(_, Standing standing, long theirs)) {
            others.put(member, standing);
            publish();
            heard(member, standing.current(), theirs);
          }
        });
  }

  /** Goes through the barrier that is due: its work is stamped, safe, on record, refused below. */
  private void move() {
    // Whoever has not been heard yet may know that this directory is an older copy.
    boolean allHeard = others.size() == members().size();
    if (stage != Stage.OPEN || moving || current == reached || !allHeard) {
      return;
    }
    moving = true;
    long barrier = current;
    publish();
    host.enter(barrier, () -> host.sync(safe -> entered(barrier, safe)));
  }

  private void entered(long barrier, boolean safe) {
    if (safe) {
      save(kept.reached(barrier), saved -> reach(barrier, saved));
    } else {
      restThenMove();
    }
  }

  /** The disk did not take it: another turn tries again. */
  private void restThenMove() {
    around.timers().after(AGAIN_NANOS, () -> moving = false);
  }

  private void reach(long barrier, boolean saved) {
    if (!saved) {
      restThenMove();
      return;
    }
    host.reach(
        barrier,
        held -> {
          foreign = foreign.reached(barrier, held);
          reached = barrier;
          moving = false;
          publish();
        });
  }

  private void save(BarrierRecord record, Consumer<Boolean> done) {
    // Known here before it is durable: whoever asks meanwhile hears too much rather than too
    // little.
    kept = record;
    host.save(
        record,
        saved -> {
          durable = saved ? record : durable;
          done.accept(saved);
        });
  }

  /** This directory is an older copy; {@code told} is what this member had reached, or more. */
  private void returned(long told) {
    stage = Stage.RETURNING;
    around.observer().count(Observer.Event.RETURNED_OLDER);
    host.open(false);
    host.recover();
    new Return(around, view.get(), reached, forgotten -> setAside(told, forgotten)).start();
  }

  private void setAside(long told, SortedSet<Integer> forgotten) {
    Consumer<Boolean> saved = well -> onceWell(well, told, forgotten, () -> rejoin(told));
    Consumer<Boolean> safe =
        well -> onceWell(well, told, forgotten, () -> save(kept.reached(told), saved));
    host.setAside(forgotten, well -> onceWell(well, told, forgotten, () -> host.sync(safe)));
  }

  /** Goes on, or begins again with what the disk did not take. */
  private void onceWell(boolean well, long told, SortedSet<Integer> forgotten, Runnable next) {
    if (well) {
      next.run();
    } else {
      around.timers().after(AGAIN_NANOS, () -> setAside(told, forgotten));
    }
  }

  private void rejoin(long told) {
    host.reach(
        told,
        _ -> {
          current = told;
          reached = told;
          foreign = Foreign.unknownUntil(told + 1);
          others.clear();
          open();
        });
  }

  private void open() {
    stage = Stage.OPEN;
    publish();
    host.open(true);
  }

  private BarrierView viewNow() {
    return new BarrierView(
        new Standing(start, current, reached, foreign), others, view.get().ring().members().size());
  }

  private void publish() {
    host.publish(viewNow());
  }
}
