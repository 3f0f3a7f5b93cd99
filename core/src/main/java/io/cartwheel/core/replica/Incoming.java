package io.cartwheel.core.replica;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.List;

/**
 * A state from elsewhere, to be joined into a key's.
 *
 * @param owed the owners for whom the result is kept until they have it; usually nobody
 * @param stamp the barrier under which the work began that brings it
 * @param deadlineNanos after which it is not done any more
 */
public record Incoming(VersionSet state, List<MemberId> owed, long stamp, long deadlineNanos) {
  /** The deadline of what must be done, and is refused only where a key's line is full. */
  public static final long NEVER = Turns.NEVER;

  public Incoming {
    owed = List.copyOf(owed);
  }
}
