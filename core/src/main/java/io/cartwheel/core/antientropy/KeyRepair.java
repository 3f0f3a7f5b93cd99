package io.cartwheel.core.antientropy;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.Incoming;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The second look at one key: the other member's state, then this one's; if they differ, both are
 * given what they lack, this member first.
 */
final class KeyRepair {
  private final Round round;
  private final Address address;
  private final Consumer<Result> done;
  private final long stamp;
  private VersionSet theirs = VersionSet.EMPTY;
  private VersionSet whole = VersionSet.EMPTY;

  /** What became of it. */
  enum Result {
    /** The members agreed. */
    ALIKE,
    /** They differed, and do so no more. */
    REPAIRED,
    /** They differed, and may still. */
    DIFFERENT,
    /** One of them could not be looked at. */
    UNSEEN
  }

  /**
   * A look at a key.
   *
   * @param done hears what became of it, once
   */
  KeyRepair(Round round, Address address, Consumer<Result> done) {
    this.round = round;
    this.address = address;
    this.done = done;
    stamp = round.around().stamps().now();
  }

  void begin() {
    round.ask(
        id ->
            new Message.ReplicaGet(
                id,
                address.key(),
                round.listVersion(),
                Message.Detail.FULL,
                false,
                OneQuestion.TIMEOUT_MILLIS),
        this::seenThere);
  }

  private void seenThere(Optional<Message.Reply> answer) {
    if (answer.orElse(null) instanceof Message.ReplicaState(_, VersionSet state, _, _)) {
      theirs = state;
      round.replica().read(address, this::seenHere);
    } else {
      done.accept(Result.UNSEEN);
    }
  }

  private void seenHere(ReplicaOutcome outcome) {
    if (outcome instanceof ReplicaOutcome.Held(VersionSet ours, _)) {
      compare(ours);
    } else {
      done.accept(Result.UNSEEN);
    }
  }

  private void compare(VersionSet ours) {
    if (areEqual(ours, theirs)) {
      round.around().observer().count(Observer.Event.SECOND_LOOK_AGREED);
      done.accept(Result.ALIKE);
      return;
    }
    round.figures().differed();
    whole = ours.merge(theirs);
    if (areEqual(whole, ours)) {
      mendThere();
    } else {
      mendHere();
    }
  }

  private static boolean areEqual(VersionSet one, VersionSet other) {
    return one.hash().equals(other.hash());
  }

  private void mendHere() {
    long deadline = round.around().clock().nanos() + OneQuestion.TIMEOUT_MILLIS * 1_000_000L;
    var incoming = new Incoming(theirs, List.of(), stamp, deadline);
    round.replica().merge(address, incoming, this::mendedHere);
  }

  private void mendedHere(ReplicaOutcome outcome) {
    if (!(outcome instanceof ReplicaOutcome.Held)) {
      done.accept(Result.DIFFERENT);
    } else if (areEqual(whole, theirs)) {
      repaired();
    } else {
      mendThere();
    }
  }

  private void mendThere() {
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
        this::mendedThere);
  }

  private void mendedThere(Optional<Message.Reply> answer) {
    if (answer.orElse(null) instanceof Message.ReplicaStored) {
      repaired();
    } else {
      done.accept(Result.DIFFERENT);
    }
  }

  private void repaired() {
    round.figures().repaired();
    round.around().observer().count(Observer.Event.EXCHANGE_REPAIRED);
    done.accept(Result.REPAIRED);
  }
}
