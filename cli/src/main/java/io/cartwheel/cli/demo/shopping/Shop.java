package io.cartwheel.cli.demo.shopping;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.cli.http.NodeClient;
import io.cartwheel.cli.http.Request;
import io.cartwheel.cli.http.Response;
import io.cartwheel.cli.http.Target;
import io.cartwheel.cli.item.ItemHeaders;
import io.cartwheel.cli.item.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carts at one node, over HTTP like any client's. */
record Shop(NodeClient node) {
  private static final String BUCKET = "carts";
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int MULTIPLE_CHOICES = 300;
  private static final int NOT_FOUND = 404;

  /** At this node, which may be silent for so long. */
  static Shop at(NodeAddress address, Duration patience) {
    return new Shop(new NodeClient(address, patience.plus(GRACE)));
  }

  static Target target(String cart) {
    return Target.of("buckets", BUCKET, "keys", cart);
  }

  /** Reads a cart as far as the type's default quorum knows it. */
  Answer read(String cart) {
    return read(target(cart));
  }

  /** Reads a cart from all its replicas. */
  Answer readAll(String cart) {
    return read(target(cart).with("r", "all"));
  }

  private Answer read(Target target) {
    try {
      Response response = node.exchange(Request.of("GET", limited(target)));
      Optional<String> context = response.header(ItemHeaders.CONTEXT);
      return switch (response.status()) {
        case OK -> new Answer.Seen(List.of(stored(Version.of(response))), context);
        case MULTIPLE_CHOICES -> new Answer.Seen(siblings(response), context);
        case NOT_FOUND -> new Answer.Seen(List.of(), context);
        default -> turnedDown(response);
      };
    } catch (CommandFailed e) {
      return new Answer.Unknown(e.reason());
    }
  }

  /** Writes a version over what the context covers. */
  Answer write(String cart, Cart version, Optional<String> context) {
    Request request =
        Request.of("PUT", limited(target(cart)))
            .with(ItemHeaders.CONTENT_TYPE, "application/json")
            .withBody(version.toJson());
    if (context.isPresent()) {
      request = request.with(ItemHeaders.CONTEXT, context.get());
    }
    try {
      Response response = node.exchange(request);
      return response.status() == NO_CONTENT ? new Answer.Taken() : turnedDown(response);
    } catch (CommandFailed e) {
      return new Answer.Unknown(e.reason());
    }
  }

  /** The node gives up before the client does, so that it can say what became of the request. */
  private String limited(Target target) {
    return target.with("timeout", node.patience().minus(GRACE).toMillis()).toString();
  }

  private static Stored stored(Version version) throws CommandFailed {
    return new Stored(Cart.parse(version.value()), version.vtag());
  }

  private static List<Stored> siblings(Response response) throws CommandFailed {
    var carts = new ArrayList<Stored>();
    for (JsonObject sibling : Json.parse(response.body()).objects("siblings")) {
      carts.add(stored(Version.of(sibling)));
    }
    return carts;
  }

  private static Answer turnedDown(Response response) throws CommandFailed {
    JsonObject problem = Json.parse(response.body());
    String reason = problem.text("message").orElse("status " + response.status());
    return problem.truth("indeterminate") ? new Answer.Unknown(reason) : new Answer.Refused(reason);
  }
}
