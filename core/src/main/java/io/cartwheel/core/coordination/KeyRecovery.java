package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.replica.Incoming;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refills a key whose record was damaged: asks every other primary, after the loss, for all that it
 * holds.
 *
 * <p>Only when all of them have answered, none of them recovering itself, is the key whole again;
 * whatever this copy ever acknowledged together with another is then back. Where several have lost
 * something they would wait for each other for ever: so it is whole too when all hold the same, for
 * then there is nothing more to be had. Otherwise it stays marked, and the next read tries again.
 */
final class KeyRecovery implements Inquiry {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Surroundings around;
  private final Replica replica;
  private final Address address;
  private final long lossMark;
  private final Runnable done;
  private final Timers.Timer timer;
  private final List<Long> questions = new ArrayList<>();
  private final Map<MemberId, Message.ReplicaState> answers = new LinkedHashMap<>();
  private final List<MemberId> others;
  private final long listVersion;
  private final long stamp;
  private boolean ended;

  KeyRecovery(Surroundings around, Replica replica, Loss loss, Runnable done) {
    this.around = around;
    this.replica = replica;
    this.address = loss.address();
    this.lossMark = loss.mark();
    this.done = done;
    listVersion = loss.list().version();
    stamp = around.stamps().now();
    MemberId self = around.inquiries().self();
    others = loss.list().primaries().stream().filter(member -> !member.equals(self)).toList();
    timer = around.timers().after(PATIENCE_NANOS, this::end);
  }

  /** What was lost: a key's record at one moment, and who else holds the key. */
  record Loss(Address address, long mark, PreferenceList list) {}

  void start() {
    int timeout = (int) (PATIENCE_NANOS / 1_000_000);
    for (MemberId member : others) {
      if (ended) {
        return;
      }
      questions.add(
          around
              .inquiries()
              .ask(
                  member,
                  this,
                  id ->
                      new Message.ReplicaGet(
                          id, address.key(), listVersion, Message.Detail.FULL, false, timeout)));
    }
    finishOnceAllAnswered();
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    if (reply instanceof Message.ReplicaState state) {
      answers.put(from, state);
      finishOnceAllAnswered();
    } else {
      end();
    }
  }

  @Override
  public void failed(MemberId member) {
    end();
  }

  private void finishOnceAllAnswered() {
    if (ended || answers.size() < others.size()) {
      return;
    }
    boolean allWhole = answers.values().stream().noneMatch(Message.ReplicaState::recovering);
    boolean allAlike =
        answers.values().stream().map(Message.ReplicaState::state).distinct().count() == 1;
    VersionSet everything = VersionSet.EMPTY;
    for (Message.ReplicaState answer : answers.values()) {
      everything = everything.merge(answer.state());
    }
    if (!allWhole && !allAlike) {
      end();
      return;
    }
    var incoming = new Incoming(everything, List.of(), stamp, Incoming.NEVER);
    replica.recover(address, incoming, lossMark, _ -> end());
  }

  private void end() {
    if (!ended) {
      ended = true;
      timer.cancel();
      questions.forEach(around.inquiries()::forget);
      done.run();
    }
  }
}
