package io.cartwheel.core.coordination;

import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks quiet members for signs of life, suspects among them, so that they can be trusted again
 * (Dynamo §4.8.3); and notices when this shard itself is held up.
 *
 * <p>Where requests go to and fro nothing is sent. The more members, the less often each is asked.
 */
public final class Heartbeats {
  private static final long INTERVAL_NANOS = 200_000_000L;
  private static final long INTERVAL_PER_MEMBER_NANOS = 1_000_000L;

  /** A beat so late says that this shard was held up: about what others suspect it for. */
  private static final long HELD_UP_NANOS = 250_000_000L;

  /** For so long after it was held up a shard lets others coordinate. */
  private static final long SLOW_NANOS = 1_000_000_000L;

  private final Surroundings around;
  private final Supplier<ClusterView> view;
  private final Set<MemberId> suspected = new LinkedHashSet<>();
  private long dueNanos;
  private long slowUntilNanos = Long.MIN_VALUE;

  public Heartbeats(Surroundings around, Supplier<ClusterView> view) {
    this.around = around;
    this.view = view;
  }

  /** Begins, and goes on for as long as the shard lives. */
  public void start() {
    Set<MemberId> members = view.get().ring().members();
    long interval = Math.max(INTERVAL_NANOS, members.size() * INTERVAL_PER_MEMBER_NANOS);
    dueNanos = around.clock().nanos() + interval;
    around.timers().after(interval, this::beat);
  }

  private void beat() {
    long now = around.clock().nanos();
    noteOwnPace(now);
    FailureDetector detector = around.readiness().detector();
    for (MemberId member : view.get().ring().members()) {
      if (detector.isQuiet(member, now)) {
        around.inquiries().askForLife(member);
      }
      if (detector.healthOf(member, now) != Health.SUSPECT) {
        suspected.remove(member);
      } else if (suspected.add(member)) {
        around.observer().count(Observer.Event.SUSPECTED);
      }
    }
    start();
  }

  private void noteOwnPace(long now) {
    long late = now - dueNanos;
    if (late >= HELD_UP_NANOS) {
      around.observer().count(Observer.Event.HELD_UP);
      around.readiness().detector().heldUp(late);
      slowUntilNanos = now + SLOW_NANOS;
    }
    around.readiness().slow(now < slowUntilNanos);
  }
}
