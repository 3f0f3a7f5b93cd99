package io.cartwheel.core.coordination;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.Explanation.Answer;
import io.cartwheel.core.message.Explanation.Cause;
import io.cartwheel.core.message.Explanation.Statement;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks every member what it has of a key: the owners, and all others too, since any of them may
 * stand in for one (Dynamo §4.6). Suspects are asked like the rest: a suspicion may be wrong.
 */
final class KeyInspection implements Inquiry {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final Surroundings around;
  private final ItemKey key;
  private final PreferenceList list;
  private final Consumer<Explanation> done;
  private final Timers.Timer timer;
  private final List<Long> questions = new ArrayList<>();
  private final Map<MemberId, Answer> answers = new LinkedHashMap<>();
  private boolean ended;

  KeyInspection(Surroundings around, ItemKey key, PreferenceList list, Consumer<Explanation> done) {
    this.around = around;
    this.key = key;
    this.list = list;
    this.done = done;
    timer = around.timers().after(PATIENCE_NANOS, this::end);
  }

  void start() {
    int timeout = (int) (PATIENCE_NANOS / 1_000_000);
    for (MemberId member : list.members()) {
      questions.add(
          around.inquiries().ask(member, this, id -> new Message.Inspect(id, key, timeout)));
    }
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    answered(
        from,
        switch (reply) {
          case Message.Inspected(_, var report) -> new Answer.Reported(report);
          case Message.Refused(_, var refusal) -> new Answer.Missing(cause(refusal));
          case Message.ReplicaState _,
              Message.ReplicaDigest _,
              Message.ReplicaStored _,
              Message.ForwardedOutcome _,
              Message.TreeReply _,
              Message.ForgettingReply _,
              Message.Alive _ ->
              new Answer.Missing(Cause.FAILED);
        });
  }

  private static Cause cause(Message.Refusal refusal) {
    return switch (refusal) {
      case OVERLOADED -> Cause.OVERLOADED;
      case EXPIRED -> Cause.TIMED_OUT;
      case STORAGE_FAILED -> Cause.STORAGE_FAILED;
      // Not of an inspection.
      case NOT_OWNER, NOT_READY, HINTS_FULL, OUTDATED -> Cause.FAILED;
    };
  }

  @Override
  public void failed(MemberId member) {
    answered(member, new Answer.Missing(Cause.FAILED));
  }

  private void answered(MemberId member, Answer answer) {
    answers.put(member, answer);
    if (answers.size() == list.members().size()) {
      end();
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      timer.cancel();
      questions.forEach(around.inquiries()::forget);
      done.accept(new Explanation(list, list.members().stream().map(this::statement).toList()));
    }
  }

  private Statement statement(MemberId member) {
    Health health = around.readiness().healthOf(member);
    Cause silence = health == Health.SUSPECT ? Cause.SUSPECTED : Cause.TIMED_OUT;
    Answer answer = answers.getOrDefault(member, new Answer.Missing(silence));
    return new Statement(member, health, answer);
  }
}
