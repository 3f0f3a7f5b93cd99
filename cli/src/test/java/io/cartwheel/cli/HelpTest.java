package io.cartwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.cartwheel.cli.console.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.impl.DefaultParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The help of each verb there is. */
class HelpTest {
  /** A command line within an example, which may be part of a pipe or a substitution. */
  private static final Pattern COMMAND = Pattern.compile("(?<![\\w.])cartwheel ([^|<>)]*)");

  static List<CommandSpec> verbs() {
    var verbs = new ArrayList<CommandSpec>();
    collect(command(), verbs);
    return verbs;
  }

  private static void collect(CommandLine line, List<CommandSpec> verbs) {
    line.getSubcommands()
        .values()
        .forEach(verb -> {
          verbs.add(verb.getCommandSpec());
          collect(verb, verbs);
        });
  }

  private static CommandLine command(String... words) {
    return new Cartwheel(Console.ofProcess()).commandLine(words);
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void aVerbSaysWhatItDoesAndHowItIsUsed(CommandSpec verb) {
    String help = verb.commandLine().getUsageMessage();
    assertThat(help).contains("Usage: " + verb.qualifiedName(" "), "Show this.");
    assertThat(verb.usageMessage().description()).isNotEmpty();
    assertThat(help.lines()).as(help).allMatch(line -> line.length() <= 80);
    if (verb.subcommands().isEmpty()) {
      assertThat(help).contains("Exit status:", "the command line is wrong");
    }
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void eachOptionAndArgumentIsDescribed(CommandSpec verb) {
    assertThat(verb.args()).allMatch(HelpTest::isDescribed);
  }

  private static boolean isDescribed(ArgSpec argument) {
    return String.join("", argument.description()).length() > 5;
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void itsExamplesAreCommandLinesThatItTakes(CommandSpec verb) {
    List<String> examples = examples(verb);
    assertThat(examples).as(verb.qualifiedName()).hasSizeBetween(1, 6);
    assertThat(examples).anyMatch(example -> example.contains(verb.qualifiedName(" ")));
    for (String example : examples) {
      Matcher command = COMMAND.matcher(example);
      while (command.find()) {
        String[] words = words(command.group(1));
        assertThatCode(() -> command(words).parseArgs(words))
            .as(example)
            .doesNotThrowAnyException();
      }
    }
  }

  /** The lines after the heading, those joined that a backslash continues. */
  private static List<String> examples(CommandSpec verb) {
    String footer = String.join("\n", verb.usageMessage().footer());
    return footer
        .substring(Math.max(footer.indexOf("Example"), 0))
        .replaceAll("\\\\\n *", "")
        .lines()
        .filter(line -> line.startsWith("  "))
        .toList();
  }

  private static String[] words(String line) {
    return new DefaultParser().parse(line, line.length()).words().toArray(String[]::new);
  }
}
