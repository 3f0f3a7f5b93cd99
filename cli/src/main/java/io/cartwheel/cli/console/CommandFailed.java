package io.cartwheel.cli.console;

/**
 * A command ends early: why, in a line for each reason for the person at the terminal, and with
 * which status.
 */
public final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1;

  private final ExitCode code;

  public CommandFailed(ExitCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  public ExitCode code() {
    return code;
  }

  /** Its message, always there. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
