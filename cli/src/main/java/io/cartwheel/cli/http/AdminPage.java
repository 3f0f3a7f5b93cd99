package io.cartwheel.cli.http;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import java.util.function.Consumer;

/** Something that a node tells of itself and its cluster, under {@code /admin/v1}. */
public record AdminPage(Target target) {
  private static final int OK = 200;

  public static AdminPage of(String what) {
    return new AdminPage(Target.of("admin", "v1", what));
  }

  /** The same about something. */
  public AdminPage with(String name, String value) {
    return new AdminPage(target.with(name, value));
  }

  /**
   * Asks for the page and prints it: for scripts as it came.
   *
   * @param table prints it for people
   * @return the page
   */
  public JsonObject show(Console console, NodeOptions options, Consumer<JsonObject> table)
      throws CommandFailed {
    return exchange("GET", console, options, table);
  }

  /** Changes what the page tells of, and prints what is answered as {@link #show} does. */
  public JsonObject put(Console console, NodeOptions options, Consumer<JsonObject> table)
      throws CommandFailed {
    return exchange("PUT", console, options, table);
  }

  /** What a node answers. */
  public JsonObject read(NodeClient node) throws CommandFailed {
    return Json.parse(answer("GET", node).body());
  }

  /** What a node answers to a change. */
  public JsonObject change(NodeClient node) throws CommandFailed {
    return Json.parse(answer("PUT", node).body());
  }

  private JsonObject exchange(
      String method, Console console, NodeOptions options, Consumer<JsonObject> table)
      throws CommandFailed {
    Response response = answer(method, options.client(console));
    JsonObject page = Json.parse(response.body());
    if (options.json()) {
      console.out().println(response.body().toUtf8().strip());
    } else {
      table.accept(page);
    }
    return page;
  }

  private Response answer(String method, NodeClient node) throws CommandFailed {
    Response response = node.exchange(Request.of(method, target.toString()));
    if (response.status() != OK) {
      throw Refusal.of(response);
    }
    return response;
  }
}
