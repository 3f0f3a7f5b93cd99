package io.cartwheel.server.http.item;

import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.node.Shards;
import java.util.Optional;
import java.util.function.Consumer;

/** GET and HEAD of an item. */
record ItemRead(Shards shards, ItemRequest request) {

  void begin(Consumer<Answer> done) {
    var get = new GetRequest(request.key(), request.options().read());
    shards.onShardOf(
        request.key(), service -> service.get(get, outcome -> done.accept(answer(outcome))));
  }

  Answer answer(GetOutcome outcome) {
    return switch (outcome) {
      case GetOutcome.Failed(Failure failure) ->
          Answer.of(Failures.problem(failure), request.head().headers());
      case GetOutcome.Read(VersionSet state, long fastest) -> answer(Shown.of(state), fastest);
    };
  }

  private Answer answer(Shown all, long fastest) {
    Optional<String> vtag = request.options().vtag();
    Optional<Shown> wanted =
        all.isAbsent() || vtag.isEmpty() ? Optional.of(all) : all.only(vtag.get());
    if (wanted.isEmpty()) {
      return Answer.of(
          Problem.of(404, "unknown_vtag", "unknown vtag: the item has no such version any more"),
          request.head().headers());
    }
    Shown shown = wanted.get();
    if (shown.isAbsent()) {
      return request.rendering().answer(shown, fastest, 200);
    }
    return switch (request.preconditions().judgeRead(shown)) {
      case PROCEED -> request.rendering().answer(shown, fastest, 200);
      case NOT_MODIFIED -> request.rendering().notModified(shown, fastest);
      case FAILED ->
          Answer.of(
              Preconditions.failed("the item is not what the precondition names"),
              request.head().headers());
    };
  }
}
