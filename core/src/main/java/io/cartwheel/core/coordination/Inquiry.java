package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;

/** Who waits for answers of other members. */
public interface Inquiry {
  /** The answer to something this inquiry asked, once per question. */
  void replied(MemberId from, Message.Reply reply);

  /** A member that this inquiry had dialled is connected. */
  default void reached(MemberId member) {}

  /** A question will not be answered: the member is gone, or it was not sent. */
  void failed(MemberId member);
}
