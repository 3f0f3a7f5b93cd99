package io.cartwheel.cli.repair;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.OutputOption;
import io.cartwheel.cli.console.Progress;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.cli.http.NodeClient;
import io.cartwheel.cli.http.NodeOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has all members compare their records now, and waits. */
@Command(
    name = "start",
    description = {
      "Have all nodes compare their records with one another now, and wait until they agree.",
      "What differs is repaired on the way. A node that does not answer is named; the others are"
          + " waited for."
    },
    exitCodeList = {
      "4:no node answers, or some node gave none; it is named",
      "5:too late: the nodes go on by themselves"
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel repair start",
      "  cartwheel repair start --node 127.0.0.1:8102 --timeout 10m"
    })
final class RepairStart implements Callable<Integer> {
  /** A member that is silent is waited for so long by the node that is asked. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Console console;

  @Option(
      names = "--node",
      paramLabel = "HOST:HTTP",
      order = 90,
      description = "The node to ask; else $" + NodeOptions.VARIABLE + ", else 127.0.0.1:8098.")
  private Optional<NodeAddress> node = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      order = 91,
      description = "How long to wait: 500ms, 10s, 5m (default: 60s).")
  private Duration timeout = Duration.ofSeconds(60);

  @Mixin private final OutputOption output = new OutputOption();

  RepairStart(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    NodeAddress address =
        node.isPresent() ? node.get() : NodeOptions.byEnvironment(console.environment());
    Compared last = await(new NodeClient(address, PATIENCE));
    if (output.json()) {
      Json.print(console.out(), last.page().members());
    } else {
      last.print(console);
    }
    if (!last.silent().isEmpty()) {
      throw new CommandFailed(
          ExitCode.UNAVAILABLE, "no answer from " + String.join(", ", last.silent()));
    }
    if (!last.inSync()) {
      throw new CommandFailed(ExitCode.TIMEOUT, "too late: the nodes go on by themselves");
    }
    return ExitCode.OK.status();
  }

  private Compared await(NodeClient client) throws CommandFailed {
    long until = System.nanoTime() + timeout.toNanos();
    Compared last = Compared.start(client);
    var progress = new Progress(console, "members in sync", Math.max(1, last.members()));
    try {
      while (!isOver(last) && System.nanoTime() - until < 0) {
        Thread.sleep(INTERVAL);
        last = Compared.at(client);
        progress.reach(last.membersInSync());
      }
      return last;
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "ended early; the nodes go on by themselves");
    }
  }

  private static boolean isOver(Compared last) {
    return last.membersInSync() + last.silent().size() == last.members();
  }
}
