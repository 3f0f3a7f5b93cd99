package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.OutputOption;
import io.cartwheel.cli.demo.cluster.DemoCluster;
import io.cartwheel.cli.demo.view.LiveView;
import io.cartwheel.cli.demo.view.PlainView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A live cluster on this machine. */
@Command(
    name = "demo",
    description = {
      "Run a live cluster on this machine, in one process, with a load that checks itself.",
      "Shoppers change carts, several to a cart: each reads the cart, merges its siblings, adds or"
          + " removes a thing, and writes it back with the context of what it read. In the end all"
          + " carts are read from all replicas (of a long run, the oldest before that) and compared"
          + " with what was acknowledged: nothing may be lost, nothing removed may be back. The"
          + " status is 1 if anything is.",
      "On a terminal it shows itself live and takes commands (kill 3, partition 1,2 | 3,4,5, cart"
          + " alice, ...; 'help' lists them); in a pipe it prints a line a second and takes commands"
          + " from standard input. It runs until 'quit', Ctrl-C, or the end of --for."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel demo",
      "  cartwheel demo --chaos",
      "  cartwheel demo --for 20s --chaos -o json"
    })
public final class DemoVerb implements Callable<Integer> {
  private static final int FEWEST_NODES = 3;
  private static final int MOST_NODES = 12;
  private static final int MOST_RATE = 100_000;
  private static final int MOST_SHOPPERS = 256;

  private final Console console;
  private final CountDownLatch end = new CountDownLatch(1);

  @Option(
      names = "--nodes",
      paramLabel = "N",
      order = 1,
      description = "How many nodes, 3 to 12 (default: 5).")
  private int nodes = 5;

  @Option(names = "--chaos", order = 2, description = "Kill nodes and start them, one at a time.")
  private boolean chaos;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      order = 3,
      description = "End by itself after this time, such as 20s (default: when told to).")
  private Optional<Duration> length = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      order = 4,
      description = "How many changes of carts are begun each second, at most (default: 500).")
  private int rate = 500;

  @Option(
      names = "--shoppers",
      paramLabel = "N",
      order = 5,
      description = "How many shoppers there are at once (default: 8).")
  private int shoppers = 8;

  @Option(
      names = "--data-dir",
      paramLabel = "FOLDER",
      order = 6,
      description =
          "Keep the nodes' files here (default: a temporary folder that goes at the end).")
  private Optional<Path> dataDir = Optional.empty();

  @Mixin private final OutputOption output = new OutputOption();

  public DemoVerb(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    check();
    try (var signal = new EndBySignal(end)) {
      int status = run().status();
      signal.told(status);
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "interrupted");
    }
  }

  private ExitCode run() throws CommandFailed, InterruptedException {
    try (var folder = DemoFolder.of(dataDir);
        var cluster = DemoCluster.start(nodes, folder.path())) {
      boolean live = console.terminal().getAsBoolean() && !output.json();
      Demo.Result result = live ? live(cluster, folder) : plain(cluster, folder);
      tell(result);
      return result.outcome().isClean() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void check() throws CommandFailed {
    range("--nodes", nodes, FEWEST_NODES, MOST_NODES);
    range("--rate", rate, 1, MOST_RATE);
    range("--shoppers", shoppers, 1, MOST_SHOPPERS);
    if (length.isPresent() && !length.get().isPositive()) {
      throw new CommandFailed(ExitCode.USAGE, "--for is a time above 0");
    }
  }

  private static void range(String option, int value, int least, int most) throws CommandFailed {
    if (value < least || value > most) {
      throw new CommandFailed(ExitCode.USAGE, option + " is " + least + " to " + most);
    }
  }

  private Demo.Result live(DemoCluster cluster, DemoFolder folder)
      throws CommandFailed, InterruptedException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .completer(new StringsCompleter(Commands.WORDS))
              .build();
      try (var view = new LiveView(terminal, reader)) {
        var demo = new Demo(cluster, view, end);
        view.show(demo.now());
        new Introduction(cluster, folder, demo.someCart()).tell(view);
        try (var _ = Prompt.at(reader, demo.commands())) {
          return demo.run(plan());
        }
      }
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "the terminal can't be used: " + e);
    }
  }

  private Demo.Result plain(DemoCluster cluster, DemoFolder folder)
      throws CommandFailed, InterruptedException {
    try (var view = new PlainView(output.json() ? console.err() : console.out())) {
      var demo = new Demo(cluster, view, end);
      new Introduction(cluster, folder, demo.someCart()).tell(view);
      try (var _ = Prompt.in(console, demo.commands())) {
        return demo.run(plan());
      }
    }
  }

  private Demo.Plan plan() {
    return new Demo.Plan(chaos, shoppers, rate, length);
  }

  private void tell(Demo.Result result) {
    DemoReport report = new DemoReport(result, nodes);
    if (output.json()) {
      Json.print(console.out(), report.members());
    } else {
      console.out().println(report.words());
    }
    console.out().flush();
  }
}
