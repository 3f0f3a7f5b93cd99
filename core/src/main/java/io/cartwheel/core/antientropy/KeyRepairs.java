package io.cartwheel.core.antientropy;

import io.cartwheel.core.background.Work;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine.Address;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Keys that were found to differ between this member and another: each is looked at again some
 * seconds later, and made equal on both sides if it still differs. Writes on their way make keys
 * differ for a moment, and need no repair.
 */
final class KeyRepairs {
  static final long SECOND_LOOK_NANOS = 2_000_000_000L;
  private static final int MAX_WAITING = 20_000;

  private final Round round;
  private final ArrayDeque<Candidate> waiting = new ArrayDeque<>();
  private int underWay;
  private int differing;
  private int repaired;
  private int failed;
  private boolean asleep;
  private Optional<Runnable> room = Optional.empty();
  private Optional<Runnable> finished = Optional.empty();

  private record Candidate(Address address, long dueNanos) {}

  KeyRepairs(Round round) {
    this.round = round;
  }

  /** How many keys still differed at the second look. */
  int differing() {
    return differing;
  }

  int repaired() {
    return repaired;
  }

  /** How many could not be looked at or repaired. */
  int failed() {
    return failed;
  }

  /** Looks at a key again, later. */
  void add(int partition, ItemKey key) {
    long due = round.around().clock().nanos() + SECOND_LOOK_NANOS;
    waiting.add(new Candidate(new Address(partition, key), due));
    step();
  }

  /** Goes on once not too many keys wait. */
  void whenThereIsRoom(Runnable next) {
    if (waiting.size() < MAX_WAITING) {
      next.run();
    } else {
      room = Optional.of(next);
    }
  }

  /** Goes on once all keys are done with. */
  void whenFinished(Runnable next) {
    finished = Optional.of(next);
    step();
  }

  private void step() {
    while (hasRoom() && untilDueNanos() == 0) {
      underWay++;
      begin(waiting.remove().address());
    }
    sleepUntilTheNextIsDue();
    if (waiting.size() < MAX_WAITING) {
      Optional<Runnable> next = room;
      room = Optional.empty();
      next.ifPresent(Runnable::run);
    }
    if (underWay == 0 && waiting.isEmpty()) {
      Optional<Runnable> next = finished;
      finished = Optional.empty();
      next.ifPresent(Runnable::run);
    }
  }

  /** Whether one that waits may be begun. */
  private boolean hasRoom() {
    return underWay < Work.EXCHANGE.most() && !waiting.isEmpty();
  }

  private long untilDueNanos() {
    return Math.max(0, waiting.element().dueNanos() - round.around().clock().nanos());
  }

  private void sleepUntilTheNextIsDue() {
    if (!asleep && hasRoom()) {
      asleep = true;
      round
          .around()
          .timers()
          .after(
              untilDueNanos(),
              () -> {
                asleep = false;
                step();
              });
    }
  }

  private void begin(Address address) {
    round
        .around()
        .background()
        .admit(
            Work.EXCHANGE,
            done ->
                new KeyRepair(
                        round,
                        address,
                        result -> {
                          done.run();
                          ended(result);
                        })
                    .begin());
  }

  private void ended(KeyRepair.Result result) {
    switch (result) {
      case ALIKE -> {}
      case REPAIRED -> {
        differing++;
        repaired++;
      }
      case DIFFERENT -> {
        differing++;
        failed++;
      }
      case UNSEEN -> failed++;
    }
    underWay--;
    step();
  }
}
