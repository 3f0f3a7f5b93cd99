package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.List;

/**
 * Sends what a read found to the replicas that lack some of it (Dynamo §5); tombstones are found
 * too.
 *
 * <p>The whole merged state goes, not the client's resolved view of it, so that replicas become
 * equal. Nobody waits for it: the next read finds what was lost on the way.
 */
final class ReadRepair {
  /** A repair that waits longer than this is not worth doing: the next read makes another. */
  private static final int TIMEOUT_MILLIS = 10_000;

  private ReadRepair() {}

  static void repair(Surroundings around, GetCoordination.Plan plan, ReadReplies replies) {
    VersionSet whole = replies.merged();
    if (whole.isEmpty()) {
      return;
    }
    for (MemberId member : replies.lacking(whole)) {
      around.observer().count(Observer.Event.READ_REPAIR);
      around
          .inquiries()
          .tell(
              member,
              id ->
                  new Message.ReplicaPut(
                      id,
                      plan.key(),
                      plan.list().version(),
                      whole,
                      List.of(),
                      plan.stamp(),
                      TIMEOUT_MILLIS));
    }
  }
}
