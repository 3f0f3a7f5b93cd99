package io.cartwheel.core.replica;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.overload.UnderWay;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Observer;
import java.util.function.Consumer;

/**
 * A replica's turns at its keys: one at a time per key, refused where they would wait for too long,
 * dropped unread past their deadline.
 */
final class Turns {
  /** The deadline of what must be done, and is refused only where a key's line is full. */
  static final long NEVER = Long.MAX_VALUE;

  /** What would wait longer than this is refused; longer than what coordinators let wait. */
  private static final long BEARABLE_NANOS = 1_000_000_000L;

  private final Clock clock;
  private final Observer observer;
  private final KeyQueue queue = new KeyQueue();
  private final UnderWay underWay = new UnderWay();

  Turns(Clock clock, Observer observer) {
    this.clock = clock;
    this.observer = observer;
  }

  int keysBusy() {
    return queue.keysBusy();
  }

  boolean isBusy(ItemKey key) {
    return queue.isBusy(key);
  }

  boolean isFull(long delayNanos) {
    return underWay.isFull(delayNanos, clock.nanos());
  }

  /** Whether too much is under way for more work without a turn, which is then refused. */
  boolean refuses(Consumer<ReplicaOutcome> done) {
    boolean full = isFull(BEARABLE_NANOS);
    if (full) {
      refuse(done);
    }
    return full;
  }

  /** Notes work without a turn; to be run when it is done. */
  Runnable began() {
    long began = clock.nanos();
    underWay.began(began);
    return () -> underWay.done(began, clock.nanos());
  }

  /**
   * Does work on a key when all earlier turns at it have ended.
   *
   * @param work is handed what it must tell, once, when it ends
   */
  void take(
      ItemKey key,
      long deadlineNanos,
      Consumer<ReplicaOutcome> done,
      Consumer<Consumer<ReplicaOutcome>> work) {
    if (deadlineNanos != NEVER && refuses(done)) {
      return;
    }
    long began = clock.nanos();
    KeyQueue.Turn turn =
        end -> {
          Consumer<ReplicaOutcome> ending =
              outcome -> {
                ended(outcome, began);
                try {
                  done.accept(outcome);
                } finally {
                  // A caller that throws is a bug; it must not cost all later writes of the key.
                  end.run();
                }
              };
          if (isExpired(deadlineNanos)) {
            ending.accept(new ReplicaOutcome.Expired());
          } else {
            work.accept(ending);
          }
        };
    underWay.began(began);
    if (!queue.submit(key, turn)) {
      underWay.dropped();
      refuse(done);
    }
  }

  boolean isExpired(long deadlineNanos) {
    boolean expired = clock.nanos() >= deadlineNanos;
    if (expired) {
      observer.count(Observer.Event.EXPIRED_DROPPED);
    }
    return expired;
  }

  private void ended(ReplicaOutcome outcome, long beganNanos) {
    if (outcome instanceof ReplicaOutcome.Expired) {
      underWay.dropped();
    } else {
      underWay.done(beganNanos, clock.nanos());
    }
  }

  private void refuse(Consumer<ReplicaOutcome> done) {
    observer.count(Observer.Event.OVERLOADED);
    done.accept(new ReplicaOutcome.Overloaded());
  }
}
