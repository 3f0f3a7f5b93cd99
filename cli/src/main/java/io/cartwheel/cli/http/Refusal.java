package io.cartwheel.cli.http;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Printable;
import java.util.Locale;

/** A node's refusal as the command's end: its reason in one line, and the status that fits. */
public final class Refusal {
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;
  private static final int MAX_REASON = 500;

  private Refusal() {}

  public static CommandFailed of(Response response) {
    String reason = reason(response);
    return new CommandFailed(code(response.status(), reason), reason);
  }

  private static ExitCode code(int status, String reason) {
    return switch (status) {
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case GATEWAY_TIMEOUT -> ExitCode.TIMEOUT;
      case UNAVAILABLE ->
          reason.toLowerCase(Locale.ROOT).startsWith("timeout")
              ? ExitCode.TIMEOUT
              : ExitCode.UNAVAILABLE;
      default -> ExitCode.FAILED;
    };
  }

  private static String reason(Response response) {
    String said = Printable.line(response.body().toUtf8().strip());
    if (said.length() > MAX_REASON) {
      said = said.substring(0, MAX_REASON) + "\u2026";
    }
    return said.isEmpty() ? "the node answered with HTTP status " + response.status() : said;
  }
}
