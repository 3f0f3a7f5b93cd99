package io.cartwheel.core.membership;

/**
 * How a member stands to the barriers.
 *
 * @param start drawn anew at each start of the member's process
 * @param current the one under which it begins its work
 * @param reached the one that it has durably reached
 * @param foreign what it held for others, and up to when
 */
public record Standing(long start, long current, long reached, Foreign foreign) {

  /** Whether it is behind, or held something of the partition for others just now. */
  boolean holdsUp(int partition, long reachedByMost) {
    boolean holds = foreign.lastHeld(partition) >= reached && foreign.all() < reached;
    return holds || reached < reachedByMost;
  }
}
