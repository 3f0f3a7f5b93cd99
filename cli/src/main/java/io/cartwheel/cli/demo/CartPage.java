package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.demo.cluster.DemoCluster;
import io.cartwheel.cli.demo.shopping.Basket;
import io.cartwheel.cli.demo.shopping.Shopping;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.cli.http.NodeClient;
import io.cartwheel.cli.http.Request;
import io.cartwheel.cli.http.Target;
import java.time.Duration;

/** A customer's cart as text: what is in it, its siblings, and the nodes where it lives. */
final class CartPage {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DemoCluster cluster;
  private final Shopping shopping;

  CartPage(DemoCluster cluster, Shopping shopping) {
    this.cluster = cluster;
    this.shopping = shopping;
  }

  String of(String customer) throws CommandFailed {
    String cart =
        shopping
            .cartOf(customer)
            .orElseThrow(() ->
                new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "customers are " + String.join(", ", shopping.customers())));
    NodeAddress node = cluster.addressesUp().getFirst();
    Basket basket = Basket.read(node, cart);
    return """
    %s, asked of %s: %s
    %d siblings, merged by union without what was removed (%d removals remembered)
    it lives on %s\
    """
        .formatted(
            cart, node, basket.things(), basket.siblings(), basket.removals(), homes(node, cart));
  }

  private static String homes(NodeAddress node, String cart) throws CommandFailed {
    Target target =
        Target.of("admin", "v1", "preflist")
            .with("type", "default")
            .with("bucket", "carts")
            .with("key", cart);
    Request request = Request.of("GET", target.toString());
    JsonObject list = Json.parse(new NodeClient(node, PATIENCE).exchange(request).body());
    return String.join(", ", list.texts("primaries"));
  }
}
