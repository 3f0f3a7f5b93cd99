package io.cartwheel.cli.local;

import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.OutputOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which Cartwheel this is, and what it runs on. */
@Command(
    name = "version",
    description = "Print the version of Cartwheel, and of the Java that runs it.",
    footer = {"", "Example:", "  cartwheel version -o json"})
public final class VersionVerb implements Callable<Integer> {
  private static final String RESOURCE = "build.properties";

  private final Console console;

  @Mixin private final OutputOption output = new OutputOption();

  public VersionVerb(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Map<String, String> facts = facts();
    if (output.json()) {
      Json.print(console.out(), facts);
    } else {
      facts.forEach((name, value) -> console.out().printf("%-9s  %s%n", name, value));
    }
    return ExitCode.OK.status();
  }

  private static Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("cartwheel", build().getProperty("version", "unknown"));
    facts.put("java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    facts.put("java home", String.valueOf(System.getProperty("java.home")));
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return facts;
  }

  private static Properties build() {
    var properties = new Properties();
    try (InputStream in = VersionVerb.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
