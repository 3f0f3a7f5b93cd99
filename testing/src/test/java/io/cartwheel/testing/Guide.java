package io.cartwheel.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page's commands in their order: each block fenced as {@code sh}, with what a block fenced as
 * {@code text} right after it says that they print, where three dots stand for anything.
 */
record Guide(List<Step> steps) {
  private static final Pattern BLOCK =
      Pattern.compile(
          "^```sh\\n(.*?)^```\\n(?:\\n```text\\n(.*?)^```\\n)?",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final String END = "=== end of step ";

  /**
   * Commands that stand together.
   *
   * @param shown what the page says that they print, if it does
   */
  record Step(String commands, Optional<String> shown) {
    private boolean prints(String printed) {
      return shown.isEmpty() || pattern(shown.get()).matcher(tidy(printed)).matches();
    }

    private static Pattern pattern(String shown) {
      return Pattern.compile(
          Stream.of(tidy(shown).split("\\.\\.\\.", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining(".*")),
          Pattern.DOTALL);
    }

    private static String tidy(String text) {
      return text.lines().map(String::stripTrailing).collect(Collectors.joining("\n")).strip();
    }
  }

  static Guide of(String page) {
    var steps = new ArrayList<Step>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      steps.add(new Step(block.group(1), Optional.ofNullable(block.group(2))));
    }
    return new Guide(steps);
  }

  /** All of it as one script that ends at the first command that fails. */
  String script() {
    var script = new StringBuilder("set -euo pipefail\n");
    for (int i = 0; i < steps.size(); i++) {
      script
          .append(steps.get(i).commands())
          .append("printf '\\n%s\\n' '")
          .append(END)
          .append(i)
          .append("'\n");
    }
    return script.toString();
  }

  /** The steps that printed something else than the page shows, or did not come to their end. */
  List<String> surprises(String printed) {
    var surprises = new ArrayList<String>();
    String rest = printed;
    for (int i = 0; i < steps.size(); i++) {
      int end = rest.indexOf("\n" + END + i + "\n");
      if (end < 0) {
        surprises.add("failed:\n" + steps.get(i).commands() + "it printed:\n" + rest);
        return surprises;
      }
      String told = rest.substring(0, end);
      if (!steps.get(i).prints(told)) {
        surprises.add(steps.get(i) + "\nprinted:\n" + told);
      }
      rest = rest.substring(end + 1 + END.length() + Integer.toString(i).length() + 1);
    }
    return surprises;
  }
}
