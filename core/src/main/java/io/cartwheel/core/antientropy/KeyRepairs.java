package io.cartwheel.core.antientropy;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.Incoming;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keys that were found to differ between this member and another: each is looked at again some
 * seconds later, and made equal on both sides if it still differs. Writes on their way make keys
 * differ for a moment, and need no repair.
 */
final class KeyRepairs {
  static final long SECOND_LOOK_NANOS = 2_000_000_000L;
  private static final int MAX_WAITING = 20_000;

  private final Round round;
  private final Courtesy courtesy = new Courtesy();
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
    while (underWay < courtesy.allowed() && isDue()) {
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

  private boolean isDue() {
    return !waiting.isEmpty() && dueNanos() <= round.around().clock().nanos();
  }

  private long dueNanos() {
    return Math.max(waiting.element().dueNanos(), courtesy.restUntilNanos());
  }

  private void sleepUntilTheNextIsDue() {
    if (!asleep && underWay < courtesy.allowed() && !waiting.isEmpty()) {
      asleep = true;
      long delay = dueNanos() - round.around().clock().nanos();
      round
          .around()
          .timers()
          .after(
              Math.max(0, delay),
              () -> {
                asleep = false;
                step();
              });
    }
  }

  private void begin(Address address) {
    long beganNanos = round.around().clock().nanos();
    long stamp = round.around().stamps().now();
    look(
        address,
        stamp,
        well -> {
          long now = round.around().clock().nanos();
          courtesy.took(now - beganNanos, now);
          ended(well);
        });
  }

  private void look(Address address, long stamp, Consumer<Boolean> done) {
    round.ask(
        id ->
            new Message.ReplicaGet(
                id,
                address.key(),
                round.listVersion(),
                Message.Detail.FULL,
                false,
                OneQuestion.TIMEOUT_MILLIS),
        answer -> {
          if (answer.orElse(null) instanceof Message.ReplicaState(_, VersionSet theirs, _, _)) {
            lookHere(address, stamp, theirs, done);
          } else {
            done.accept(false);
          }
        });
  }

  private void lookHere(Address address, long stamp, VersionSet theirs, Consumer<Boolean> done) {
    round
        .replica()
        .read(
            address,
            outcome -> {
              if (outcome instanceof ReplicaOutcome.Held(VersionSet ours, _)) {
                compare(address, stamp, ours, theirs, done);
              } else {
                done.accept(false);
              }
            });
  }

  private void compare(
      Address address, long stamp, VersionSet ours, VersionSet theirs, Consumer<Boolean> done) {
    if (areEqual(ours, theirs)) {
      round.around().observer().count(Observer.Event.SECOND_LOOK_AGREED);
      done.accept(true);
      return;
    }
    differing++;
    round.figures().differed();
    VersionSet whole = ours.merge(theirs);
    Consumer<Boolean> there =
        wellHere -> {
          if (!wellHere || areEqual(whole, theirs)) {
            mended(wellHere, done);
          } else {
            mendThere(address, stamp, whole, done);
          }
        };
    if (areEqual(whole, ours)) {
      there.accept(true);
    } else {
      mendHere(address, stamp, theirs, there);
    }
  }

  private static boolean areEqual(VersionSet one, VersionSet other) {
    return one.hash().equals(other.hash());
  }

  private void mendHere(Address address, long stamp, VersionSet theirs, Consumer<Boolean> done) {
    long deadline = round.around().clock().nanos() + OneQuestion.TIMEOUT_MILLIS * 1_000_000L;
    round
        .replica()
        .merge(
            address,
            new Incoming(theirs, List.of(), stamp, deadline),
            outcome -> done.accept(outcome instanceof ReplicaOutcome.Held));
  }

  private void mendThere(Address address, long stamp, VersionSet whole, Consumer<Boolean> done) {
    round.ask(
        id ->
            new Message.ReplicaPut(
                id,
                address.key(),
                round.listVersion(),
                whole,
                List.of(),
                stamp,
                OneQuestion.TIMEOUT_MILLIS),
        answer -> mended(answer.orElse(null) instanceof Message.ReplicaStored, done));
  }

  private void mended(boolean well, Consumer<Boolean> done) {
    if (well) {
      repaired++;
      round.figures().repaired();
      round.around().observer().count(Observer.Event.EXCHANGE_REPAIRED);
    }
    done.accept(well);
  }

  private void ended(boolean well) {
    if (!well) {
      failed++;
    }
    underWay--;
    step();
  }
}
