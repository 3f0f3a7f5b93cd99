package io.cartwheel.server.http.item;

import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.version.CausalContext.Kind;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.node.Shards;
import java.util.function.Consumer;

/** DELETE of an item. */
record ItemDelete(Shards shards, ItemRequest request) {

  void begin(Consumer<Answer> done) {
    new Guarded(shards, request)
        .begin(
            (service, timeoutMillis) ->
                service.delete(
                    new DeleteRequest(
                        request.key(),
                        request.seen(),
                        request.preferredCoordinator(),
                        request.requestId(),
                        request.options().read().r(),
                        request.options().write().withTimeout(timeoutMillis)),
                    outcome -> done.accept(answer(outcome))),
            done);
  }

  Answer answer(DeleteOutcome outcome) {
    return switch (outcome) {
      case DeleteOutcome.Failed(Failure failure) ->
          Answer.of(Failures.problem(failure), request.head().headers());
      case DeleteOutcome.NothingThere _ ->
          Answer.of(Problem.notFound("not found"), request.head().headers());
      case DeleteOutcome.Deleted(VersionVector clock, boolean alone, long coordinator) -> {
        Answer answer = Answer.empty(204);
        new WriteTokens(request.tokens(), clock, coordinator)
            .addTo(answer.headers(), alone ? Kind.CONTEXT : Kind.FLOOR);
        yield answer;
      }
    };
  }
}
