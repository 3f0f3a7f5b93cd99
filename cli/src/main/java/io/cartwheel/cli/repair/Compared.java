package io.cartwheel.cli.repair;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.console.Table;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeClient;
import java.util.List;

/**
 * How all members say that their records compare.
 *
 * @param page as it came
 */
record Compared(JsonObject page) {
  static final AdminPage PAGE = AdminPage.of("repair");

  static Compared at(NodeClient node) throws CommandFailed {
    return new Compared(PAGE.read(node));
  }

  /** Has all members compare anew. */
  static Compared start(NodeClient node) throws CommandFailed {
    return new Compared(PAGE.with("start", "true").change(node));
  }

  boolean inSync() {
    return page.truth("in_sync");
  }

  long repaired() {
    return page.number("repaired").orElse(0L);
  }

  int members() {
    return page.objects("members").size();
  }

  int membersInSync() {
    return (int) page.objects("members").stream().filter(member -> member.truth("in_sync")).count();
  }

  /** The members that gave no answer. */
  List<String> silent() {
    return page.objects("members").stream()
        .filter(member -> !member.truth("answered"))
        .flatMap(member -> member.text("name").stream())
        .toList();
  }

  void print(Console console) {
    var table = new Table("MEMBER", "IN SYNC", "DIFFERING", "REPAIRED");
    for (JsonObject member : page.objects("members")) {
      String none = member.truth("answered") ? "?" : "no answer";
      table.row(
          member.text("name").orElse("?"),
          member.truth("answered") ? member.truth("in_sync") ? "yes" : "not yet" : none,
          member.text("differing").orElse("-"),
          member.text("repaired").orElse("-"));
    }
    table.print(console.out());
    console.out().println(inSync() ? "all in sync" : "not all in sync");
  }
}
