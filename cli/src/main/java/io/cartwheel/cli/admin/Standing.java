package io.cartwheel.cli.admin;

import io.cartwheel.cli.console.Figures;
import io.cartwheel.cli.console.JsonObject;
import java.util.Optional;

/** How a member stands with the node that was asked, in a word or two. */
final class Standing {
  private Standing() {}

  static String of(JsonObject member) {
    String state = member.text("state").orElse("?");
    if (!state.equals("connected")) {
      return state;
    }
    Optional<Double> phi = member.decimal("phi");
    if (member.text("health").equals(Optional.of("suspect"))) {
      return "suspect" + phi.map(value -> " (phi " + Figures.decimal(value) + ")").orElse("");
    }
    return member.truth("slow") ? "slow" : state;
  }
}
