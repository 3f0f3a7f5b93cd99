package io.cartwheel.core.membership;

/**
 * Under which barrier a shard begins its work, and which work of others it takes.
 *
 * <p>Work is stamped where it begins, before it reads anything, and its messages carry that stamp
 * to wherever they merge a state. Two barriers later nobody takes them any more: so what a store
 * forgot can't come back out of a queue, a paused process or a slow network (ADR 15).
 */
public final class Stamps {
  private long current;
  private long reached;

  /**
   * Stamps of a shard that starts.
   *
   * @param reached the barrier that its node has durably reached
   */
  public Stamps(long reached) {
    current = reached;
    this.reached = reached;
  }

  /** The stamp of what begins now. */
  public long now() {
    return current;
  }

  /** The barrier that this shard has reached. */
  public long reached() {
    return reached;
  }

  /** Whether work that began under that barrier is too old to be taken. */
  public boolean isOutdated(long stamp) {
    return stamp < reached - 1;
  }

  /** From now on all work is begun under this barrier. */
  public void enter(long barrier) {
    current = Math.max(current, barrier);
  }

  /** From now on work from before the barrier below is refused. */
  public void reach(long barrier) {
    enter(barrier);
    reached = Math.max(reached, barrier);
  }
}
