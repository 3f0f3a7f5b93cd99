package io.cartwheel.core.message;

import io.cartwheel.core.version.VersionSet;

/** What became of a read. */
public sealed interface GetOutcome {

  /**
   * R replicas answered.
   *
   * @param state their states merged and resolved by the type's policy, without the values that
   *     have expired; empty when there never was anything
   * @param fastestReplier the member that answered first
   */
  record Read(VersionSet state, long fastestReplier) implements GetOutcome {}

  /** It was not answered. */
  record Failed(Failure failure) implements GetOutcome {}
}
