package io.cartwheel.cli.hints;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has a node hand over what it keeps for others, and waits. */
@Command(
    name = "drain",
    description = {
      "Have a node hand over now all that it keeps for others, and wait until nothing is left.",
      "When only owners are left that the node can't reach, the wait ends early; their keys stay"
          + " kept. Writes may go on meanwhile, and may add to what is kept."
    },
    exitCodeList = {
      "4:no node answers, or it can't reach some owners; they are named",
      "5:too late: something is still on its way to owners that answer"
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel hints drain",
      "  cartwheel hints drain --node 127.0.0.1:8102 --timeout 10m"
    })
final class HintsDrain implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The node notes its figures five times a second. */
  private static final Duration INTERVAL = Duration.ofMillis(250);

  /** An owner that was just started takes so long to be there. */
  private static final Duration HOPE = Duration.ofSeconds(15);

  private final Console console;

  @Option(
      names = "--node",
      paramLabel = "HOST:HTTP",
      order = 90,
      description = "The node that keeps; else $" + NodeOptions.VARIABLE + ", else 127.0.0.1:8098.")
  private Optional<NodeAddress> node = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      order = 91,
      description = "How long to wait: 500ms, 10s, 5m (default: 60s).")
  private Duration timeout = Duration.ofSeconds(60);

  @Mixin private final OutputOption output = new OutputOption();

  HintsDrain(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    NodeAddress address =
        node.isPresent() ? node.get() : NodeOptions.byEnvironment(console.environment());
    var client = new NodeClient(address, PATIENCE);
    Kept first = Kept.drain(client);
    Kept left = first;
    try {
      left = await(client, first);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "ended early; the node goes on by itself");
    }
    print(first, left);
    if (!left.isEmpty()) {
      throw failure(client, left);
    }
    return ExitCode.OK.status();
  }

  private Kept await(NodeClient client, Kept first) throws CommandFailed, InterruptedException {
    var progress = new Progress(console, "hints", (int) Math.max(1, first.total()));
    long now = System.nanoTime();
    long until = now + timeout.toNanos();
    long hopeUntil = now + HOPE.toNanos();
    long fewest = first.total();
    Kept left = first;
    while (!left.isEmpty() && now - until < 0) {
      Thread.sleep(INTERVAL);
      left = Kept.at(client);
      now = System.nanoTime();
      if (left.total() < fewest) {
        fewest = left.total();
        hopeUntil = now + HOPE.toNanos();
        progress.reach((int) (first.total() - fewest));
      } else if (now - hopeUntil >= 0 && reachesNobody(client, left)) {
        return left;
      }
    }
    return left;
  }

  private static boolean reachesNobody(NodeClient client, Kept left) throws CommandFailed {
    return left.without(Kept.reachable(client)).equals(left.owners());
  }

  private void print(Kept first, Kept left) {
    if (output.json()) {
      Json.print(console.out(), left.page().members());
    } else if (first.isEmpty()) {
      console.out().println("nothing was kept for others");
    } else if (left.isEmpty()) {
      console.out().println("all is handed over: keys " + first.total());
    }
  }

  private CommandFailed failure(NodeClient client, Kept left) throws CommandFailed {
    List<Kept.Owed> unreachable = left.without(Kept.reachable(client));
    if (!unreachable.isEmpty()) {
      return new CommandFailed(
          ExitCode.UNAVAILABLE,
          "the node can't reach " + names(unreachable) + "; it goes on by itself once it can");
    }
    return new CommandFailed(
        ExitCode.TIMEOUT,
        "too late: still on the way to " + names(left.owners()) + "; the node goes on by itself");
  }

  private static String names(List<Kept.Owed> owners) {
    return owners.stream()
        .map(owed -> owed.owner() + " (keys " + owed.keys() + ")")
        .collect(Collectors.joining(", "));
  }
}
