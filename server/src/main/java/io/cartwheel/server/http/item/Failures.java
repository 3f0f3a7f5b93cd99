package io.cartwheel.server.http.item;

import io.cartwheel.core.message.Failure;
import io.cartwheel.server.http.message.Problem;

/** The protocol's failures as HTTP tells them. */
final class Failures {
  private static final String UNKNOWN = "; the write may have happened, or may happen yet";
  private static final String NO_EFFECT = "; nothing was done";

  private Failures() {}

  static Problem problem(Failure failure) {
    return switch (failure) {
      case Failure.Unavailable(
              int needed,
              int reachable,
              boolean indeterminate,
              boolean ofOwners) ->
          later(
                  "unavailable",
                  "unavailable: %d %s needed, got %d%s"
                      .formatted(
                          needed,
                          ofOwners ? "owners' answers" : "replicas",
                          reachable,
                          indeterminate ? UNKNOWN : NO_EFFECT),
                  indeterminate)
              .withFact("needed", needed)
              .withFact("got", reachable);
      case Failure.Timeout(int needed, int acked, int durable, boolean indeterminate) ->
          later(
                  "timeout",
                  "timeout: %d replicas needed, got %d%s"
                      .formatted(needed, acked, indeterminate ? UNKNOWN : ""),
                  indeterminate)
              .withFact("needed", needed)
              .withFact("got", acked)
              .withFact("durable", durable);
      case Failure.TooLarge(int bytes, int limit) -> tooLarge(limit).withFact("bytes", bytes);
      case Failure.TooManySiblings(int siblings, int bytes) ->
          Problem.of(
                  409,
                  "too_many_siblings",
                  ("too many siblings: the item has %d versions of %d bytes together, and this write"
                          + " covers none of them; read the item, and write the resolved value with"
                          + " the context (X-Riak-Vclock) of that read")
                      .formatted(siblings, bytes))
              .withFact("siblings", siblings)
              .withFact("bytes", bytes);
      case Failure.Invalid(String reason) -> Problem.badRequest(reason);
      case Failure.Overloaded _ -> overloaded();
      case Failure.StorageFailed _ ->
          later(
              "storage_failed",
              "storage failed: the coordinator could not write or read its disk" + UNKNOWN,
              true);
    };
  }

  static Problem tooLarge(int limit) {
    return Problem.of(413, "too_large", "too large: a value has at most " + limit + " bytes")
        .withFact("limit", limit);
  }

  private static Problem overloaded() {
    return later("overloaded", "overloaded: too much is queued here" + NO_EFFECT, false);
  }

  private static Problem later(String code, String message, boolean indeterminate) {
    return Problem.of(503, code, message)
        .withFact("indeterminate", indeterminate)
        .withHeader("Retry-After", "1");
  }
}
