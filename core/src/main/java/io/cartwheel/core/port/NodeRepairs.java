package io.cartwheel.core.port;

import io.cartwheel.core.message.Message.RepairState;

/**
 * What a node's shards together know of their repairs, for whoever asks one of them. Answers at
 * once, with what was noted a moment ago.
 */
public interface NodeRepairs {
  RepairState state();

  /** All shards compare themselves with all members now. */
  void start();
}
