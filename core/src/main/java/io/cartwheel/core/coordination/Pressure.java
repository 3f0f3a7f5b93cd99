package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.overload.UnderWay;
import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each member is asked and has not answered yet, and who is asked for more than it can do.
 *
 * <p>Per member, so that one that is slow or silent costs only the requests that can't do without
 * it.
 */
final class Pressure {
  private final Map<MemberId, UnderWay> members = new LinkedHashMap<>();

  void asked(MemberId member, long nowNanos) {
    of(member).began(nowNanos);
  }

  /** A quick refusal is no work done: it must not make the member look able. */
  void answered(MemberId member, Message.Reply reply, long askedNanos, long nowNanos) {
    if (isWork(reply)) {
      of(member).done(askedNanos, nowNanos);
    } else {
      of(member).dropped();
    }
  }

  /** The question is not awaited any more. */
  void dropped(MemberId member) {
    of(member).dropped();
  }

  boolean isFull(MemberId member, long delayNanos, long nowNanos) {
    UnderWay known = members.get(member);
    return known != null && known.isFull(delayNanos, nowNanos);
  }

  static boolean isWork(Message.Reply reply) {
    return switch (reply) {
      case Message.Refused _ -> false;
      case Message.ForwardedOutcome(_, PutOutcome outcome) -> outcome instanceof PutOutcome.Stored;
      case Message.ReplicaState _,
          Message.ReplicaDigest _,
          Message.ReplicaStored _,
          Message.TreeReply _,
          Message.ForgettingReply _,
          Message.Inspected _,
          Message.Alive _ ->
          true;
    };
  }

  private UnderWay of(MemberId member) {
    return members.computeIfAbsent(member, _ -> new UnderWay());
  }
}
