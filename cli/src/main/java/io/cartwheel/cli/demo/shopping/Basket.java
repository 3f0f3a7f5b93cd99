package io.cartwheel.cli.demo.shopping;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.http.NodeAddress;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a cart comes to at one moment.
 *
 * @param things in words: each with its number
 * @param siblings how many versions there were
 * @param removals how many tombstones the cart keeps
 */
public record Basket(String things, int siblings, int removals) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  public static Basket read(NodeAddress node, String cart) throws CommandFailed {
    return switch (Shop.at(node, PATIENCE).read(cart)) {
      case Answer.Seen seen -> of(seen);
      case Answer.Refused(String reason) -> throw new CommandFailed(ExitCode.UNAVAILABLE, reason);
      case Answer.Unknown(String reason) -> throw new CommandFailed(ExitCode.UNAVAILABLE, reason);
      case Answer.Taken _ -> throw new IllegalStateException("a read that writes");
    };
  }

  private static Basket of(Answer.Seen seen) {
    Cart merged = seen.merged();
    var counts = new TreeMap<String, Integer>();
    merged.things().values().forEach(thing -> counts.merge(thing, 1, Integer::sum));
    String things =
        counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
    return new Basket(
        things.isEmpty() ? "nothing" : things, seen.siblings().size(), merged.removed().size());
  }
}
