package io.cartwheel.core.antientropy;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.ring.MemberId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * What all steps of one exchange with another member use.
 *
 * @param peer the other member
 * @param listVersion the version of the lists that it goes by
 */
record Round(
    Surroundings around,
    Questions questions,
    Trees trees,
    KeyLister lister,
    Replica replica,
    ExchangeFigures figures,
    MemberId peer,
    long listVersion) {

  /** Asks the other member, and counts what is moved. */
  void ask(LongFunction<Message.Request> request, Consumer<Optional<Message.Reply>> done) {
    questions.ask(
        peer,
        id -> {
          Message.Request asked = request.apply(id);
          figures.moved(asked);
          return asked;
        },
        answer -> {
          answer.ifPresent(figures::moved);
          done.accept(answer);
        });
  }
}
