package io.cartwheel.cli.demo.shopping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CartTest {
  private static final Cart EMPTY = new Cart("", new TreeMap<>(), new TreeSet<>());

  @Test
  void siblingsMergeByUnion() {
    Cart merged = Cart.merged(List.of(EMPTY.with("a", "book"), EMPTY.with("b", "pen")));
    assertThat(merged.things()).containsOnlyKeys("a", "b");
  }

  @Test
  void whatOneSiblingRemovedStaysRemoved() {
    Cart base = EMPTY.with("a", "book");
    Cart merged = Cart.merged(List.of(base.without("a"), base.with("b", "pen")));
    assertThat(merged.things()).containsOnlyKeys("b");
    assertThat(merged.removed()).containsExactly("a");
  }

  @Test
  void theSameThingCanBeAddedAgainUnderAnotherTag() {
    Cart base = EMPTY.with("a", "book").without("a");
    Cart merged = Cart.merged(List.of(base, base.with("c", "book")));
    assertThat(merged.things()).containsOnlyKeys("c").containsValue("book");
  }

  @Test
  void itComesBackFromJsonAsItWas() throws Exception {
    Cart cart = EMPTY.named("s1:7").with("a", "book \"x\"").with("b", "pen").without("b");
    assertThat(Cart.parse(cart.toJson())).isEqualTo(cart);
  }
}
