package io.cartwheel.cli;

import io.cartwheel.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What one command line did. */
public record Ran(int status, String out, String err) {

  /** Runs a command line that asks no node. */
  public static Ran command(String... args) {
    return run("", Map.of(), args);
  }

  /** Runs a command line that asks this node. */
  public static Ran at(ScriptedNode node, String... args) {
    return run("", Map.of("CARTWHEEL_NODE", node.address().toString()), args);
  }

  public static Ran run(String stdin, Map<String, String> environment, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            () -> false);
    int status = new Cartwheel(console).run(args);
    return new Ran(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The lines of stderr. */
  public List<String> errors() {
    return new ArrayList<>(err.lines().toList());
  }
}
