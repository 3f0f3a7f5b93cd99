package io.cartwheel.core.antientropy;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** All questions that a shard's exchanges ask of other members, so that a stop can end them. */
final class Questions {
  private final Surroundings around;
  private final Set<OneQuestion> open = new LinkedHashSet<>();
  private boolean ended;

  Questions(Surroundings around) {
    this.around = around;
  }

  /** Asks as {@link OneQuestion#ask} does. */
  void ask(
      MemberId member,
      LongFunction<Message.Request> request,
      Consumer<Optional<Message.Reply>> done) {
    if (ended) {
      return;
    }
    var asked = new OneQuestion[1];
    asked[0] =
        OneQuestion.ask(
            around,
            member,
            request,
            answer -> {
              open.remove(asked[0]);
              done.accept(answer);
            });
    open.add(asked[0]);
  }

  /** Whoever waits for an answer hears of none any more, and nothing is asked from now on. */
  void end() {
    ended = true;
    open.forEach(OneQuestion::drop);
    open.clear();
  }
}
