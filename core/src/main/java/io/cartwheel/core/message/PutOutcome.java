package io.cartwheel.core.message;

import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;

/** What became of a write. */
public sealed interface PutOutcome {

  /**
   * W replicas hold it.
   *
   * @param clock what the coordinator had seen after the write, the write included
   * @param alone whether the write is the only version left, so that {@code clock} may serve as a
   *     context; otherwise it is a floor, because the client was not shown the siblings
   * @param coordinator the member that minted the dot
   * @param state the resolved state after the write if the request asked for it, without the values
   *     that have expired; else empty
   */
  record Stored(VersionVector clock, boolean alone, long coordinator, VersionSet state)
      implements PutOutcome {}

  /** It was not acknowledged; {@link Failure#isIndeterminate} tells whether it may still happen. */
  record Failed(Failure failure) implements PutOutcome {}
}
