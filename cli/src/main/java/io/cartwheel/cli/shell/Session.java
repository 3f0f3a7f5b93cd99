package io.cartwheel.cli.shell;

import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Printable;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.cli.http.NodeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** What a shell remembers from line to line, and what becomes of a line's words. */
final class Session {
  /** Words of the shell's own. */
  static final Set<String> OWN = Set.of("use", "help", "exit", "quit");

  private static final Set<String> ITEM_VERBS =
      Set.of("get", "put", "delete", "siblings", "resolve");
  private static final Set<String> ITSELF = Set.of("cartwheel", "./cartwheel");

  private final Console console;
  private final Interpreter interpreter;
  private final NodeAddress node;
  private Optional<String> bucket = Optional.empty();
  private boolean ended;

  Session(Console outer, Interpreter interpreter, NodeAddress node) {
    var environment = new TreeMap<>(outer.environment());
    environment.put(NodeOptions.VARIABLE, node.toString());
    // The terminal is the prompt's: what a verb would draw on it comes as lines.
    this.console = new Console(new NoInput(), outer.out(), outer.err(), environment, () -> false);
    this.interpreter = interpreter;
    this.node = node;
  }

  /** Whether somebody asked to leave. */
  boolean hasEnded() {
    return ended;
  }

  String prompt() {
    return node + bucket.map(name -> "/" + Printable.line(name)).orElse("") + "> ";
  }

  CommandSpec verbs() {
    return interpreter.verbs(console);
  }

  /** Runs a line, blank ones and comments too, and answers its status. */
  int run(List<String> line) {
    List<String> words = ITSELF.contains(first(line)) ? line.subList(1, line.size()) : line;
    if (first(words).isEmpty() || first(words).startsWith("#")) {
      return ExitCode.OK.status();
    }
    return switch (first(words)) {
      case "exit", "quit" -> leave();
      case "use" -> use(words.subList(1, words.size()));
      case "help" -> help(words.subList(1, words.size()));
      default -> interpreter.run(console, inBucket(words).toArray(String[]::new));
    };
  }

  private static String first(List<String> words) {
    return words.isEmpty() ? "" : words.getFirst();
  }

  private int leave() {
    ended = true;
    return ExitCode.OK.status();
  }

  private int use(List<String> words) {
    if (words.size() > 1 || words.contains("")) {
      console.err().println("use: one bucket, or none to name one with each verb again");
      return ExitCode.USAGE.status();
    }
    bucket = words.stream().findFirst();
    return ExitCode.OK.status();
  }

  private int help(List<String> verb) {
    var words = new ArrayList<>(verb);
    words.add("--help");
    int status = interpreter.run(console, words.toArray(String[]::new));
    if (verb.isEmpty()) {
      console.out().println("In the shell also: use [BUCKET], help [VERB], exit, quit.");
      console.out().flush();
    }
    return status;
  }

  /** The words with the current bucket where the verb expects one. */
  private List<String> inBucket(List<String> words) {
    if (bucket.isEmpty() || !ITEM_VERBS.contains(first(words))) {
      return words;
    }
    var whole = new ArrayList<>(words);
    whole.add(1, bucket.get());
    return whole;
  }

  /** Standard input holds the shell's lines: no value may be read from it by mistake. */
  private static final class NoInput extends InputStream {
    private static final String WHY = "in a shell it holds the commands; use --file";

    @Override
    public int read() throws IOException {
      throw new IOException(WHY);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      throw new IOException(WHY);
    }
  }
}
