package io.cartwheel.cli.demo.shopping;

import java.util.List;
import java.util.Optional;

/** What a node made of one request. */
sealed interface Answer {
  /**
   * The cart as it is.
   *
   * @param siblings its versions; none when there is nothing yet
   * @param context covers exactly these
   */
  record Seen(List<Stored> siblings, Optional<String> context) implements Answer {
    public Seen {
      siblings = List.copyOf(siblings);
    }

    Cart merged() {
      return Cart.merged(Stored.carts(siblings));
    }
  }

  /** The write is acknowledged. */
  record Taken() implements Answer {}

  /** The node answers that the request was turned down: nothing was done. */
  record Refused(String reason) implements Answer {}

  /** Nobody can say whether a write happened: no answer, or one that says just that. */
  record Unknown(String reason) implements Answer {}
}
