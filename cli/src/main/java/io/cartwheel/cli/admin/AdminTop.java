package io.cartwheel.cli.admin;

import io.cartwheel.cli.admin.Glance.Seen;
import io.cartwheel.cli.admin.Glance.Unseen;
import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.OutputOption;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.cli.http.NodeOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Watches nodes at work. */
@Command(
    name = "top",
    description = {
      "Watch nodes at work: requests a second and what they took, by operation; requests under way,"
          + " members that are lost or suspected, keys kept for others (hints), the store, memory.",
      "On a terminal it is drawn anew until you type q or Ctrl-C; in a pipe and in 'cartwheel shell'"
          + " there is a line for each node and interval. Times are in milliseconds, as finely as /metrics has them."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel admin top",
      "  cartwheel admin top --node 127.0.0.1:8101,127.0.0.1:8102,127.0.0.1:8103",
      "  cartwheel admin top --interval 10s --count 6 -o json"
    })
final class AdminTop implements Callable<Integer> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Console console;

  @Option(
      names = "--node",
      paramLabel = "HOST:HTTP",
      split = ",",
      order = 1,
      description =
          "The nodes to watch, several with commas; else $"
              + NodeOptions.VARIABLE
              + ", else 127.0.0.1:8098.")
  private List<NodeAddress> nodes = new ArrayList<>();

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      order = 2,
      description = "How long to wait between two looks: 500ms, 2s (default: 1s).")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = "--count",
      paramLabel = "N",
      order = 3,
      description = "End after so many intervals (default: never).")
  private int count;

  @Mixin private final OutputOption output = new OutputOption();

  AdminTop(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    if (nodes.isEmpty()) {
      nodes.add(NodeOptions.byEnvironment(console.environment()));
    }
    if (count < 0) {
      throw new CommandFailed(ExitCode.USAGE, "--count is 1 or more");
    }
    try {
      List<Glance> first = firstGlance();
      if (console.terminal().getAsBoolean() && !output.json()) {
        draw(first);
      } else {
        print(first);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, "the terminal can't be used: " + e.getMessage());
    }
    return ExitCode.OK.status();
  }

  /** Nodes may come and go later on, but when none is there at all, an address may be wrong. */
  private List<Glance> firstGlance() throws CommandFailed, InterruptedException {
    List<Glance> glances = Glance.at(nodes);
    if (glances.stream().noneMatch(Seen.class::isInstance)
        && glances.getFirst() instanceof Unseen(_, CommandFailed why)) {
      throw why;
    }
    return glances;
  }

  private boolean goesOn(int done) {
    return count == 0 || done < count;
  }

  private void draw(List<Glance> first) throws IOException, InterruptedException {
    try (Screen screen = Screen.open()) {
      List<Glance> before = first;
      screen.draw(List.of("watching " + nodes.size() + " nodes; q ends it"));
      for (int done = 0; goesOn(done) && screen.await(interval); done++) {
        List<Glance> now = Glance.at(nodes);
        var lines = new ArrayList<String>();
        for (int i = 0; i < now.size(); i++) {
          lines.addAll(TopText.paragraph(before.get(i), now.get(i)));
          lines.add("");
        }
        lines.add(time() + ", q ends it");
        screen.draw(lines);
        before = now;
      }
    }
  }

  private void print(List<Glance> first) throws InterruptedException {
    List<Glance> before = first;
    for (int done = 0; goesOn(done) && !console.out().checkError(); done++) {
      Thread.sleep(interval);
      List<Glance> now = Glance.at(nodes);
      for (int i = 0; i < now.size(); i++) {
        if (output.json()) {
          Json.print(console.out(), toJson(before.get(i), now.get(i)));
        } else {
          console.out().println(time() + "  " + TopText.line(before.get(i), now.get(i)));
        }
      }
      before = now;
    }
  }

  private static Map<String, Object> toJson(Glance before, Glance now) {
    return switch (now) {
      case Seen seen -> new Activity(before instanceof Seen old ? old : seen, seen).toJson();
      case Unseen(NodeAddress node, CommandFailed why) -> {
        var members = new LinkedHashMap<String, Object>();
        members.put("address", node);
        members.put("error", why.reason());
        yield members;
      }
    };
  }

  private static String time() {
    return TIME.format(LocalTime.now(ZoneId.systemDefault()));
  }
}
