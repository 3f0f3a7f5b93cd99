package io.cartwheel.core.antientropy;

import io.cartwheel.core.coordination.Inquiry;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.ring.MemberId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** A question to one member: its answer, or that there is none in time. */
public final class OneQuestion implements Inquiry {
  public static final int TIMEOUT_MILLIS = 10_000;

  private final Surroundings around;
  private final Consumer<Optional<Message.Reply>> done;
  private final Timers.Timer timer;
  private long id;
  private boolean ended;

  private OneQuestion(
      Surroundings around, int timeoutMillis, Consumer<Optional<Message.Reply>> done) {
    this.around = around;
    this.done = done;
    timer = around.timers().after(timeoutMillis * 1_000_000L, this::expire);
  }

  /**
   * Asks.
   *
   * @param request made with its number
   * @param done hears the answer, once; empty: none came
   */
  public static OneQuestion ask(
      Surroundings around,
      MemberId member,
      LongFunction<Message.Request> request,
      Consumer<Optional<Message.Reply>> done) {
    return ask(around, member, TIMEOUT_MILLIS, request, done);
  }

  /** As the other, with a time of its own for the answer. */
  public static OneQuestion ask(
      Surroundings around,
      MemberId member,
      int timeoutMillis,
      LongFunction<Message.Request> request,
      Consumer<Optional<Message.Reply>> done) {
    var question = new OneQuestion(around, timeoutMillis, done);
    question.id = around.inquiries().ask(member, question, request);
    return question;
  }

  /** Nobody waits for the answer any more. */
  void drop() {
    ended = true;
    timer.cancel();
    around.inquiries().forget(id);
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    end(Optional.of(reply));
  }

  @Override
  public void failed(MemberId member) {
    end(Optional.empty());
  }

  private void expire() {
    if (!ended) {
      around.inquiries().forget(id);
      end(Optional.empty());
    }
  }

  private void end(Optional<Message.Reply> answer) {
    if (!ended) {
      ended = true;
      timer.cancel();
      done.accept(answer);
    }
  }
}
