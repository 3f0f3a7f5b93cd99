package io.cartwheel.cli.http;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.console.Printable;

/** A node's refusal as the command's end: its reason in one line, and the status that fits. */
public final class Refusal {
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final int MAX_REASON = 500;

  private Refusal() {}

  public static CommandFailed of(Response response) throws CommandFailed {
    if (response.header("Content-Type").orElse("").startsWith("application/json")) {
      JsonObject problem = Json.parse(response.body());
      return failure(
          response.status(), problem.text("error").orElse(""), problem.text("message").orElse(""));
    }
    return failure(response.status(), "", response.body().toUtf8().strip());
  }

  private static CommandFailed failure(int status, String error, String message) {
    String said = Printable.line(message);
    if (said.length() > MAX_REASON) {
      said = said.substring(0, MAX_REASON) + "\u2026";
    }
    if (said.isEmpty()) {
      said = "the node answered with HTTP status " + status;
    }
    return new CommandFailed(code(status, error), said);
  }

  private static ExitCode code(int status, String error) {
    return switch (status) {
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case UNAVAILABLE -> error.equals("timeout") ? ExitCode.TIMEOUT : ExitCode.UNAVAILABLE;
      default -> ExitCode.FAILED;
    };
  }
}
