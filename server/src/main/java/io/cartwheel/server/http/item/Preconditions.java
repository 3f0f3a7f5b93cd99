package io.cartwheel.server.http.item;

import io.cartwheel.core.version.VersionVector;
import io.cartwheel.server.http.message.HttpDate;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What must hold for a request to be done.
 *
 * <p>For writes it is judged by a read first. Another write may come between the two: a
 * precondition spares work and mistakes, it is no lock.
 *
 * @param modifiedSince seconds since 1970
 * @param unmodifiedSince seconds since 1970
 * @param notModified the state that must be the present one
 */
record Preconditions(
    Optional<EntityTags> match,
    Optional<EntityTags> noneMatch,
    OptionalLong modifiedSince,
    OptionalLong unmodifiedSince,
    Optional<VersionVector> notModified) {

  /** What a precondition makes of a read. */
  enum Verdict {
    PROCEED,
    NOT_MODIFIED,
    FAILED
  }

  static Preconditions read(RequestHead head, Tokens tokens) throws RefusedException {
    Optional<String> state = head.single(ItemHeaders.IF_NOT_MODIFIED);
    return new Preconditions(
        head.joined(HttpHeaderNames.IF_MATCH).map(EntityTags::new),
        head.joined(HttpHeaderNames.IF_NONE_MATCH).map(EntityTags::new),
        date(head, HttpHeaderNames.IF_MODIFIED_SINCE),
        date(head, HttpHeaderNames.IF_UNMODIFIED_SINCE),
        state.isEmpty()
            ? Optional.empty()
            : Optional.of(tokens.readContext(ItemHeaders.IF_NOT_MODIFIED, state.get()).seen()));
  }

  /** A date that can't be read is ignored, as HTTP has it. */
  private static OptionalLong date(RequestHead head, CharSequence name) {
    return head.header(name).map(HttpDate::seconds).orElse(OptionalLong.empty());
  }

  /** Whether a write has to read first. */
  boolean bindWrites() {
    return match.isPresent()
        || noneMatch.isPresent()
        || unmodifiedSince.isPresent()
        || notModified.isPresent();
  }

  /** For reads of something that is there. */
  Verdict judgeRead(Shown shown) {
    if (!holdsForAll(shown)) {
      return Verdict.FAILED;
    }
    boolean unchanged =
        noneMatch.isPresent()
            ? noneMatch.get().matchWeakly(shown)
            : modifiedSince.isPresent() && modifiedSeconds(shown) <= modifiedSince.getAsLong();
    return unchanged ? Verdict.NOT_MODIFIED : Verdict.PROCEED;
  }

  /** For writes: why it must not be done, or nothing. */
  Optional<Problem> refuseWrite(Shown shown) {
    if (!holdsForAll(shown)) {
      return Optional.of(failed("the item is not what the precondition names"));
    }
    if (noneMatch.isPresent() && noneMatch.get().matchWeakly(shown)) {
      return Optional.of(failed("the item exists"));
    }
    if (notModified.isPresent()) {
      if (shown.isAbsent()) {
        return Optional.of(Problem.of(409, "not_found", "the item does not exist any more"));
      }
      if (!notModified.get().equals(shown.state().clock())) {
        return Optional.of(Problem.of(409, "modified", "the item was modified since"));
      }
    }
    return Optional.empty();
  }

  static Problem failed(String why) {
    return Problem.of(412, "precondition_failed", "precondition failed: " + why);
  }

  private boolean holdsForAll(Shown shown) {
    if (match.isPresent()) {
      return match.get().matchStrongly(shown);
    }
    return unmodifiedSince.isEmpty()
        || shown.isAbsent()
        || modifiedSeconds(shown) <= unmodifiedSince.getAsLong();
  }

  private static long modifiedSeconds(Shown shown) {
    return shown.modifiedMillis() / 1000;
  }
}
