package io.cartwheel.cli.hints;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeClient;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a node says that it keeps for others.
 *
 * @param page as it came
 */
record Kept(JsonObject page) {
  private static final AdminPage PAGE = AdminPage.of("hints");

  /** How many keys are owed to one owner. */
  record Owed(String owner, long keys) {}

  static Kept at(NodeClient node) throws CommandFailed {
    return new Kept(PAGE.read(node));
  }

  /** Has the node try all now. */
  static Kept drain(NodeClient node) throws CommandFailed {
    return new Kept(PAGE.with("drain", "true").change(node));
  }

  /** The members that the node counts on. */
  static Set<String> reachable(NodeClient node) throws CommandFailed {
    return AdminPage.of("health").read(node).objects("members").stream()
        .filter(member -> member.text("health").filter("healthy"::equals).isPresent())
        .flatMap(member -> member.text("name").stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  long total() {
    return page.number("total").orElse(0L);
  }

  boolean isEmpty() {
    return total() == 0;
  }

  List<Owed> owners() {
    return page.objects("hints").stream()
        .map(each -> new Owed(each.text("owner").orElse("?"), each.number("count").orElse(0L)))
        .toList();
  }

  List<Owed> without(Set<String> names) {
    return owners().stream().filter(owed -> !names.contains(owed.owner())).toList();
  }
}
