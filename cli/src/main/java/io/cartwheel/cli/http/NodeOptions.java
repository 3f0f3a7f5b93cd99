package io.cartwheel.cli.http;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.OutputOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every verb that asks a node: which one, how long to wait, how to print. */
public final class NodeOptions {
  /** Names the node to ask when no option does. */
  public static final String VARIABLE = "CARTWHEEL_NODE";

  /** Longer than a node takes by default to give up by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofSeconds(5);

  @Option(
      names = "--node",
      paramLabel = "HOST:HTTP",
      order = 90,
      description = "The node to ask; else $" + VARIABLE + ", else 127.0.0.1:8098.")
  private Optional<NodeAddress> node = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      order = 91,
      description =
          "How long the request may take: 500ms, 2s, 1m; a number alone is milliseconds (default:"
              + " the node's timeouts.request, 5s unless configured).")
  private Optional<Duration> timeout = Optional.empty();

  @Mixin private final OutputOption output = new OutputOption();

  public boolean json() {
    return output.json();
  }

  /** The target with the time the node may take, if that was said. */
  public Target limit(Target target) {
    return timeout.map(time -> target.with("timeout", time.toMillis())).orElse(target);
  }

  public NodeClient client(Console console) throws CommandFailed {
    return new NodeClient(address(console), timeout.map(time -> time.plus(GRACE)).orElse(PATIENCE));
  }

  private NodeAddress address(Console console) throws CommandFailed {
    return node.isPresent() ? node.get() : byEnvironment(console.environment());
  }

  /** The node that is asked when no option names one. */
  public static NodeAddress byEnvironment(Map<String, String> environment) throws CommandFailed {
    String named = environment.getOrDefault(VARIABLE, "");
    if (named.isEmpty()) {
      return NodeAddress.DEFAULT;
    }
    return NodeAddress.parse(named)
        .orElseThrow(
            () -> new CommandFailed(ExitCode.USAGE, VARIABLE + " is not HOST:PORT: " + named));
  }
}
