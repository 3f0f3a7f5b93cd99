package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.cli.http.NodeClient;
import io.cartwheel.cli.http.Request;
import io.cartwheel.cli.http.Response;
import io.cartwheel.cli.http.Target;
import io.cartwheel.cli.item.ItemHeaders;
import io.cartwheel.cli.item.Version;
import io.cartwheel.core.item.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A conflict step by step, and its end: two writers who did not see each other, and a third. */
final class Conflict {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String TARGET = Target.of("buckets", "carts", "keys", "conflict").toString();

  private final List<NodeAddress> nodes;
  private final StringBuilder story = new StringBuilder();

  Conflict(List<NodeAddress> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  String play() throws CommandFailed {
    Optional<String> old = context(get(0));
    put(0, "tea", old);
    Optional<String> base = context(get(0));
    say("%s wrote 'tea'; two writers now read it, and get the same context", node(0));
    put(1, "tea, cup", base);
    say("one writes 'tea, cup' at %s", node(1));
    put(2, "tea, lamp", base);
    say("the other writes 'tea, lamp' at %s", node(2));
    Response both = get(1);
    List<String> siblings = values(both);
    say("a read now shows %d siblings: %s", siblings.size(), String.join(" | ", siblings));
    put(0, "tea, cup, lamp", context(both));
    say("a third writes 'tea, cup, lamp' with that read's context");
    say("and what is left is: %s", String.join(" | ", values(get(2))));
    return story.toString().stripTrailing();
  }

  private void say(String line, Object... facts) {
    story.append(line.formatted(facts)).append('\n');
  }

  private Response get(int node) throws CommandFailed {
    Response response = client(node).exchange(Request.of("GET", TARGET));
    return switch (response.status()) {
      case 200, 300, 404 -> response;
      default -> throw refused(node, response);
    };
  }

  private CommandFailed refused(int node, Response response) {
    return new CommandFailed(
        ExitCode.UNAVAILABLE, node(node) + " refused: " + response.body().toUtf8().strip());
  }

  private void put(int node, String value, Optional<String> context) throws CommandFailed {
    Request request =
        Request.of("PUT", TARGET)
            .with(ItemHeaders.CONTENT_TYPE, "text/plain")
            .withBody(Bytes.utf8(value));
    if (context.isPresent()) {
      request = request.with(ItemHeaders.CONTEXT, context.get());
    }
    Response response = client(node).exchange(request);
    if (response.status() / 100 != 2) {
      throw refused(node, response);
    }
  }

  /** The same again where there are fewer. */
  private NodeAddress node(int index) {
    return nodes.get(index % nodes.size());
  }

  private NodeClient client(int node) {
    return new NodeClient(node(node), PATIENCE);
  }

  private static Optional<String> context(Response response) {
    return response.header(ItemHeaders.CONTEXT);
  }

  private static List<String> values(Response response) throws CommandFailed {
    if (response.status() != 300) {
      return List.of(response.body().toUtf8());
    }
    var values = new ArrayList<String>();
    for (JsonObject sibling : Json.parse(response.body()).objects("siblings")) {
      values.add(Version.of(sibling).value().toUtf8());
    }
    return values;
  }
}
