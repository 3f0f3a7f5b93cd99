package io.cartwheel.server.http.item;

import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.node.KeyValueService;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.node.Shards;
import java.util.Optional;
import java.util.function.Consumer;

/** Does a write once its preconditions hold, which a read tells if there are any. */
record Guarded(Shards shards, ItemRequest request) {

  /** A write on the key's shard. */
  @FunctionalInterface
  interface Write {
    /**
     * Begins.
     *
     * @param timeoutMillis what is left of the request's time
     */
    void begin(KeyValueService service, int timeoutMillis);
  }

  void begin(Write write, Consumer<Answer> done) {
    int timeout = request.options().write().timeoutMillis();
    shards.onShardOf(
        request.key(),
        service -> {
          if (request.preconditions().bindWrites()) {
            readFirst(service, write, done);
          } else {
            write.begin(service, timeout);
          }
        });
  }

  private void readFirst(KeyValueService service, Write write, Consumer<Answer> done) {
    long began = System.nanoTime();
    service.get(
        new GetRequest(request.key(), request.options().read()),
        outcome -> {
          switch (outcome) {
            case GetOutcome.Failed(Failure failure) -> done.accept(refusal(failure));
            case GetOutcome.Read(VersionSet state, _) -> {
              Optional<Problem> problem = request.preconditions().refuseWrite(Shown.of(state));
              if (problem.isPresent()) {
                done.accept(Answer.of(problem.get(), request.head().headers()));
              } else {
                write.begin(service, timeLeft(System.nanoTime() - began));
              }
            }
          }
        });
  }

  private int timeLeft(long spentNanos) {
    return (int) Math.max(1, request.options().write().timeoutMillis() - spentNanos / 1_000_000);
  }

  private Answer refusal(Failure failure) {
    return Answer.of(Failures.problem(failure), request.head().headers());
  }
}
