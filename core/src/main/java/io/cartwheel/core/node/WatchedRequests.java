package io.cartwheel.core.node;

import io.cartwheel.core.background.Foreground;
import io.cartwheel.core.coordination.Coordinators;
import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Clients' requests on their way to their coordinations, and their answers on the way back: tells
 * how long each took, so that background work can give way.
 */
record WatchedRequests(Coordinators coordinators, Foreground foreground, Clock clock) {

  void get(GetRequest request, Consumer<GetOutcome> done) {
    coordinators.get(
        request,
        watched(
            done,
            outcome ->
                switch (outcome) {
                  case GetOutcome.Read _ -> false;
                  case GetOutcome.Failed(Failure failure) -> isTooMuch(failure);
                }));
  }

  void put(PutRequest request, Consumer<PutOutcome> done) {
    coordinators.put(request, watched(done, WatchedRequests::isTooMuch));
  }

  /** As {@link Coordinators#putForwarded}; what is not taken is not watched. */
  boolean putForwarded(Message.ForwardedPut forwarded, Consumer<PutOutcome> done) {
    boolean taken =
        coordinators.putForwarded(
            forwarded.put(),
            forwarded.standIn(),
            forwarded.timeoutMillis(),
            watched(done, WatchedRequests::isTooMuch));
    if (!taken) {
      foreground.dropped();
    }
    return taken;
  }

  void delete(DeleteRequest request, Consumer<DeleteOutcome> done) {
    coordinators.delete(
        request,
        watched(
            done,
            outcome ->
                switch (outcome) {
                  case DeleteOutcome.Deleted _, DeleteOutcome.NothingThere _ -> false;
                  case DeleteOutcome.Failed(Failure failure) -> isTooMuch(failure);
                }));
  }

  private <T> Consumer<T> watched(Consumer<T> done, Function<T, Boolean> isTooMuch) {
    long began = clock.nanos();
    foreground.began(began);
    return outcome -> {
      foreground.ended(began, clock.nanos(), isTooMuch.apply(outcome));
      done.accept(outcome);
    };
  }

  private static boolean isTooMuch(PutOutcome outcome) {
    return switch (outcome) {
      case PutOutcome.Stored _ -> false;
      case PutOutcome.Failed(Failure failure) -> isTooMuch(failure);
    };
  }

  /** Whether a failure tells of too much work; others come of themselves, or of the request. */
  private static boolean isTooMuch(Failure failure) {
    return switch (failure) {
      case Failure.Overloaded _, Failure.Timeout _ -> true;
      case Failure.Unavailable _,
          Failure.TooLarge _,
          Failure.TooManySiblings _,
          Failure.Invalid _,
          Failure.StorageFailed _ ->
          false;
    };
  }
}
