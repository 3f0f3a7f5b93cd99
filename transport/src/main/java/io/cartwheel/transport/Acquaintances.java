package io.cartwheel.transport;

import io.cartwheel.core.ring.MemberId;
import java.util.Optional;

/**
 * What this node knows of the others' past and they of its own, exchanged at each handshake: a node
 * that others have met, but that has not served by its own account, lost its data.
 *
 * <p>Called on any of the shards' event loops, several at once; must neither block nor throw. There
 * is one handshake for each link of each pair of shards, and again after each reconnection, so the
 * same member is met many times over.
 */
public interface Acquaintances {
  /** Whether this node has served before. */
  boolean established();

  /** Whether the member had been met before under another directory; it is told the answer. */
  boolean metBefore(MemberId member, long directory);

  /** A handshake with the member succeeded, whoever dialled. */
  void met(MemberId member, Greeting greeting);

  /**
   * What a member said of itself.
   *
   * @param name its name
   * @param directory the id of its data directory
   * @param shards how many shards it has
   * @param established whether it has served before
   * @param metUsBefore whether it had met this node before; known only to the dialling side
   */
  record Greeting(
      String name,
      long directory,
      int shards,
      boolean established,
      Optional<Boolean> metUsBefore) {}
}
