package io.cartwheel.cli;

import io.cartwheel.cli.admin.AdminVerb;
import io.cartwheel.cli.bench.BenchVerb;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.demo.DemoVerb;
import io.cartwheel.cli.hints.HintsVerb;
import io.cartwheel.cli.item.Delete;
import io.cartwheel.cli.item.Get;
import io.cartwheel.cli.item.Put;
import io.cartwheel.cli.item.Resolve;
import io.cartwheel.cli.item.Siblings;
import io.cartwheel.cli.local.CompletionVerb;
import io.cartwheel.cli.local.ConfigVerb;
import io.cartwheel.cli.local.ServerVerb;
import io.cartwheel.cli.local.SimulateVerb;
import io.cartwheel.cli.local.VersionVerb;
import io.cartwheel.cli.repair.RepairVerb;
import io.cartwheel.cli.ring.RingVerb;
import io.cartwheel.cli.shell.ShellVerb;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The table of verbs. Making one is most of what starting takes, so only the wanted one is made.
 */
final class Verbs {
  private static final List<String> WORDS =
      List.of(
          "server",
          "demo",
          "get",
          "put",
          "delete",
          "siblings",
          "resolve",
          "ring",
          "hints",
          "repair",
          "admin",
          "config",
          "shell",
          "simulate",
          "bench",
          "completion",
          "version");

  /** What runs for long or prepares something; the rest a shell takes too. */
  private static final Set<String> OUTSIDE_SHELLS =
      Set.of("server", "demo", "shell", "simulate", "bench", "completion");

  private Verbs() {}

  static List<String> all() {
    return WORDS;
  }

  static List<String> inShells() {
    return WORDS.stream().filter(word -> !OUTSIDE_SHELLS.contains(word)).toList();
  }

  /** Adds the verb that a command line begins with; all of these when it begins with none. */
  static void addTo(CommandLine line, Console console, List<String> words, String[] args) {
    boolean begins = args.length > 0 && words.contains(args[0]);
    for (String word : begins ? List.of(args[0]) : words) {
      line.addSubcommand(word, verb(word, console));
    }
    unify(line);
  }

  private static Object verb(String word, Console console) {
    return switch (word) {
      case "server" -> ServerVerb.of(console);
      case "demo" -> new DemoVerb(console);
      case "get" -> new Get(console);
      case "put" -> new Put(console);
      case "delete" -> new Delete(console);
      case "siblings" -> new Siblings(console);
      case "resolve" -> new Resolve(console);
      case "ring" -> RingVerb.of(console);
      case "hints" -> HintsVerb.of(console);
      case "repair" -> RepairVerb.of(console);
      case "admin" -> AdminVerb.of(console);
      case "config" -> ConfigVerb.of(console);
      case "shell" -> new ShellVerb(console, new VerbsInShell());
      case "simulate" -> new SimulateVerb(console);
      case "bench" -> BenchVerb.of(console);
      case "completion" -> new CompletionVerb(console, () -> new Cartwheel(console).commandLine());
      case "version" -> new VersionVerb(console);
      default -> throw new IllegalArgumentException(word);
    };
  }

  /** What all verbs have in common: the option for help, and the parts of what it shows. */
  private static void unify(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .order(99)
            .description("Show this.")
            .build());
    Help.arrange(spec);
    line.getSubcommands().values().forEach(Verbs::unify);
  }
}
