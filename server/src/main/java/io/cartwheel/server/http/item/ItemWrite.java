package io.cartwheel.server.http.item;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.version.CausalContext.Kind;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Names;
import io.cartwheel.server.node.Shards;
import java.util.function.Consumer;

/**
 * PUT and POST of an item.
 *
 * @param created whether the key was made for this request
 */
record ItemWrite(Shards shards, ItemRequest request, Description description, boolean created) {

  void begin(Bytes value, Consumer<Answer> done) {
    Content content = Content.value(value, description, 0, request.requestId());
    new Guarded(shards, request)
        .begin(
            (service, timeoutMillis) ->
                service.put(
                    new PutRequest(
                        request.key(),
                        content,
                        request.seen(),
                        request.preferredCoordinator(),
                        request.ttl(),
                        request.options().write().withTimeout(timeoutMillis)),
                    outcome -> done.accept(answer(outcome))),
            done);
  }

  Answer answer(PutOutcome outcome) {
    return switch (outcome) {
      case PutOutcome.Failed(Failure failure) ->
          Answer.of(Failures.problem(failure), request.head().headers());
      case PutOutcome.Stored stored -> stored(stored);
    };
  }

  private Answer stored(PutOutcome.Stored stored) {
    Shown after = Shown.of(stored.state());
    // Nothing is there if no body was asked for, or if by its coordinator's clock all has expired.
    boolean shown = !after.isAbsent();
    Answer answer =
        shown
            ? request.rendering().answer(after, stored.coordinator(), created ? 201 : 200)
            : Answer.empty(created ? 201 : 204);
    var tokens = new WriteTokens(request.tokens(), stored.clock(), stored.coordinator());
    tokens.addTo(answer.headers(), shown || stored.alone() ? Kind.CONTEXT : Kind.FLOOR);
    if (created) {
      answer.headers().set(Names.LOCATION, BucketPath.itemPath(request.key()));
    }
    return answer;
  }
}
