package io.cartwheel.core.coordination;

import io.cartwheel.core.background.AdmissionController;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.Timers;

/** What all coordinations of a shard use, and what it does in the background. */
public record Surroundings(
    Clock clock,
    Timers timers,
    Observer observer,
    Inquiries inquiries,
    AdmissionController background) {

  /** Whom to count on. */
  public Readiness readiness() {
    return inquiries.readiness();
  }

  /** Under which barrier work begins. */
  public Stamps stamps() {
    return inquiries.stamps();
  }

  /** When to ask others too. */
  Hedging hedging() {
    return inquiries.hedging();
  }

  /** The milliseconds left until a deadline, at least 1: what a message tells its receiver. */
  int millisUntil(long deadlineNanos) {
    long left = (deadlineNanos - clock.nanos()) / 1_000_000;
    return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
  }
}
