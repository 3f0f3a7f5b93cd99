package io.cartwheel.core.bucket;

/** How many replicas a read asks at first. */
public enum Fanout {
  /** All N at once, each for its full state (Dynamo §4.5). */
  ALL,
  /** The r fastest, one for its state and the others for digests of theirs; more when needed. */
  QUORUM
}
