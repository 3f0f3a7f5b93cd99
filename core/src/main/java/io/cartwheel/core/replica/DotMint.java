package io.cartwheel.core.replica;

import io.cartwheel.core.port.Entropy;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import java.util.Optional;

/**
 * Makes a shard's dots: each is new, and each epoch claims only what its key's record still holds.
 *
 * <p>The counter is the shard's, not the key's, and never falls while {@code start} lasts; {@code
 * start} is drawn anew at every start of the process and whenever a write of this shard failed.
 */
public final class DotMint {
  private final Entropy entropy;
  private long start;
  private long counter;

  public DotMint(Entropy entropy) {
    this.entropy = entropy;
    start = entropy.nextLong();
  }

  /** A name for a loss, not 0: told apart from other losses of the same key. */
  long nextLossMark() {
    long mark = entropy.nextLong();
    return mark == 0 ? 1 : mark;
  }

  /**
   * The next dot of a key.
   *
   * @param stored the epoch beside the key's record; continued if this start opened it, because
   *     then the record holds all that the epoch has seen
   */
  Dot next(Optional<Epoch> stored) {
    long next = ++counter;
    Epoch epoch =
        stored.filter(held -> held.start() == start).orElseGet(() -> new Epoch(start, next));
    return new Dot(epoch, next);
  }

  /** Ends all epochs: after a failed write nobody knows which record the disk holds. */
  void endEpochs() {
    start = entropy.nextLong();
  }
}
