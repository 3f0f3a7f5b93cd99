package io.cartwheel.cli.demo.shopping;

import java.util.List;

/**
 * A version of a cart as it is stored. A write that a node had to try at two coordinators may be
 * stored twice, until both are covered: the same version under two tags.
 *
 * @param tag the store's own name for it
 */
record Stored(Cart cart, String tag) {
  /** Names it in a journal. */
  record Name(String id, String tag) {}

  Name name() {
    return new Name(cart.id(), tag);
  }

  static List<Name> names(List<Stored> all) {
    return all.stream().map(Stored::name).toList();
  }

  static List<Cart> carts(List<Stored> all) {
    return all.stream().map(Stored::cart).toList();
  }
}
