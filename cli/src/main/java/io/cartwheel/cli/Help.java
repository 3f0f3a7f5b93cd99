package io.cartwheel.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How a verb's help is arranged: usage, what it does, arguments, options, exit status, examples;
 * the verb itself gives what it does, and the examples.
 */
final class Help {
  private Help() {}

  static void arrange(CommandSpec verb) {
    UsageMessageSpec help = verb.usageMessage();
    help.sortOptions(false);
    help.descriptionHeading("%n");
    help.parameterListHeading("%nArguments:%n");
    help.optionListHeading("%nOptions:%n");
    boolean isGroup = !verb.subcommands().isEmpty();
    if (!isGroup) {
      help.exitCodeListHeading("%nExit status:%n");
      help.exitCodeList(statuses(verb, help.exitCodeList()));
    }
  }

  /** What the verb says of its statuses, and what is the same for all. */
  private static Map<String, String> statuses(CommandSpec verb, Map<String, String> own) {
    var statuses = new LinkedHashMap<String, String>();
    statuses.put("0", "done");
    statuses.put("1", "failed, for the reason told on standard error");
    statuses.put("2", "the command line is wrong; nothing was done");
    if (verb.optionsMap().containsKey("--node")) {
      statuses.put("3", "there is no such item, bucket type or path at the node");
      statuses.put("4", "no node answers, or too few replicas can be reached");
      statuses.put("5", "too late; a write may have happened");
    }
    statuses.putAll(own);
    return statuses;
  }
}
