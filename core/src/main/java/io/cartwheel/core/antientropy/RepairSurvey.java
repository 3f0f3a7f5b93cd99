package io.cartwheel.core.antientropy;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.ring.MemberId;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Asks all members how their records compare, for an administrator who wants to know of all. */
public final class RepairSurvey {
  private final SortedMap<MemberId, Optional<RepairState>> answers = new TreeMap<>();
  private final int asked;
  private final Consumer<SortedMap<MemberId, Optional<RepairState>>> done;

  private RepairSurvey(int asked, Consumer<SortedMap<MemberId, Optional<RepairState>>> done) {
    this.asked = asked;
    this.done = done;
  }

  /**
   * Asks.
   *
   * @param start whether they shall compare all anew, now
   * @param done hears each member's answer; empty: it gave none in time
   */
  public static void make(
      Surroundings around,
      Collection<MemberId> members,
      boolean start,
      Consumer<SortedMap<MemberId, Optional<RepairState>>> done) {
    var survey = new RepairSurvey(members.size(), done);
    for (MemberId member : members) {
      OneQuestion.ask(
          around,
          member,
          id -> new Message.RepairQuery(id, start, OneQuestion.TIMEOUT_MILLIS),
          answer -> survey.heard(member, answer));
    }
  }

  private void heard(MemberId member, Optional<Message.Reply> answer) {
    answers.put(
        member,
        answer.orElse(null) instanceof Message.RepairReport(_, RepairState state)
            ? Optional.of(state)
            : Optional.empty());
    if (answers.size() == asked) {
      done.accept(answers);
    }
  }
}
