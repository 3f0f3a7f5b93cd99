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
   */
  public void show(Console console, NodeOptions options, Consumer<JsonObject> table)
      throws CommandFailed {
    Response response = options.client(console).exchange(Request.of("GET", target.toString()));
    if (response.status() != OK) {
      throw Refusal.of(response);
    }
    if (options.json()) {
      console.out().println(response.body().toUtf8().strip());
    } else {
      table.accept(Json.parse(response.body()));
    }
  }
}
