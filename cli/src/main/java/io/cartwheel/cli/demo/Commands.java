package io.cartwheel.cli.demo;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.demo.cluster.DemoCluster;
import io.cartwheel.cli.demo.cluster.DemoNode;
import io.cartwheel.cli.demo.shopping.Shopping;
import io.cartwheel.cli.demo.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What can be said at the demo's prompt. */
final class Commands {
  static final String HELP =
      """
      kill N                 end node N as kill -9 does        restart N    start it again
      pause N                hold it still as SIGSTOP does     resume N     let it go on
      partition 1,2 | 3,4,5  let no packet pass between        heal         end all of that
      cart NAME              show a cart and where it lives    conflict     make siblings, merge them
      help                   this                              quit         stop, and check all carts\
      """;

  static final List<String> WORDS =
      List.of(
          "kill",
          "restart",
          "pause",
          "resume",
          "partition",
          "heal",
          "cart",
          "conflict",
          "help",
          "quit");

  private final DemoCluster cluster;
  private final Shopping shopping;
  private final View view;
  private final AtomicInteger kills;
  private final CountDownLatch end;

  Commands(
      DemoCluster cluster, Shopping shopping, View view, AtomicInteger kills, CountDownLatch end) {
    this.cluster = cluster;
    this.shopping = shopping;
    this.view = view;
    this.kills = kills;
    this.end = end;
  }

  boolean haveEnded() {
    return end.getCount() == 0;
  }

  /** Does what the line says; what is wrong with it is said, too. */
  void run(String line) {
    if (haveEnded()) {
      return;
    }
    String command = line.strip();
    int space = command.indexOf(' ');
    String verb = space < 0 ? command : command.substring(0, space);
    String rest = space < 0 ? "" : command.substring(space + 1).strip();
    try {
      run(verb, rest);
    } catch (CommandFailed e) {
      view.say(e.reason());
    }
  }

  private void run(String verb, String rest) throws CommandFailed {
    switch (verb) {
      case "" -> {}
      case "kill" -> kill(node(rest));
      case "restart" -> restart(node(rest));
      case "pause" -> {
        DemoNode node = node(rest);
        say(cluster.pause(node), node + " is paused", node + " is not up");
      }
      case "resume" -> {
        DemoNode node = node(rest);
        say(cluster.resume(node), node + " goes on", node + " is not paused");
      }
      case "partition" -> partition(rest);
      case "heal" -> {
        cluster.heal();
        view.say("all pauses and partitions are over");
      }
      case "cart" -> view.say(new CartPage(cluster, shopping).of(rest));
      case "conflict" -> view.say(new Conflict(cluster.addressesUp()).play());
      case "help" -> view.say(HELP);
      case "quit", "exit" -> {
        view.say("checking all carts against what was acknowledged");
        end.countDown();
      }
      default -> view.say("no command '" + verb + "':\n" + HELP);
    }
  }

  private void kill(DemoNode node) {
    boolean killed = cluster.kill(node);
    if (killed) {
      kills.incrementAndGet();
    }
    say(killed, node + " is killed", node + " is down already");
  }

  private void restart(DemoNode node) throws CommandFailed {
    say(cluster.restart(node), node + " is back", node + " is not down");
  }

  private void partition(String text) throws CommandFailed {
    var groups = new ArrayList<Set<String>>();
    var all = new TreeSet<String>();
    for (String part : text.split("\\|", -1)) {
      var group = new TreeSet<String>();
      for (String word : part.strip().split("[,\\s]+")) {
        String name = node(word).name();
        if (!all.add(name)) {
          throw new CommandFailed(ExitCode.USAGE, name + " can't be on both sides");
        }
        group.add(name);
      }
      groups.add(group);
    }
    cluster.partition(groups);
    view.say("no packet passes between " + text.strip() + alone(all) + "; 'heal' ends it");
  }

  /** Those in no group, who are cut off from everybody. */
  private String alone(Set<String> grouped) {
    return cluster.nodes().stream()
        .map(DemoNode::name)
        .filter(name -> !grouped.contains(name))
        .map(name -> " | " + name)
        .collect(Collectors.joining());
  }

  private DemoNode node(String word) throws CommandFailed {
    String number = word.startsWith("n") ? word.substring(1) : word;
    return cluster.node(number.matches("[0-9]{1,3}") ? Integer.parseInt(number) : 0);
  }

  private void say(boolean done, String yes, String no) {
    view.say(done ? yes : no);
  }
}
