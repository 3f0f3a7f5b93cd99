package io.cartwheel.cli.admin;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeOptions;
import io.cartwheel.cli.item.ItemArguments;
import io.cartwheel.cli.item.ItemName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells all that is known of one key. */
@Command(
    name = "explain",
    description = {
      "Tell all that every member has of a key: its copy and the versions in it, for whom it is"
          + " kept, whether it is damaged or may lack writes, and which copies differ. Nothing is"
          + " repaired or changed by it, and no value is shown.",
      "The status is 3 when no member that answered has anything of the key, and 4 when none"
          + " answered. A member that is silent is waited for 5 seconds."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel admin explain carts alice",
      "  cartwheel admin explain carts alice --type counters -o json"
    })
final class AdminExplain implements Callable<Integer> {
  private final Console console;

  @Mixin private final ItemArguments item = new ItemArguments();
  @Mixin private final NodeOptions options = new NodeOptions();

  AdminExplain(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    ItemName name = item.name();
    JsonObject page =
        AdminPage.of("explain")
            .with("type", name.type())
            .with("bucket", name.bucket())
            .with("key", name.key())
            .show(console, options, shown -> ExplanationText.print(console.out(), shown));
    judge(name, page);
    return ExitCode.OK.status();
  }

  private static void judge(ItemName name, JsonObject page) throws CommandFailed {
    List<JsonObject> reports =
        page.objects("members").stream()
            .map(member -> member.object("report"))
            .flatMap(Optional::stream)
            .toList();
    if (reports.isEmpty()) {
      throw new CommandFailed(ExitCode.UNAVAILABLE, "no member answered what it has of " + name);
    }
    if (reports.stream().allMatch(ExplanationText::isEmpty)) {
      List<String> missing = ExplanationText.conflicts(page).texts("missing");
      throw new CommandFailed(
          ExitCode.NOT_FOUND,
          "nothing at "
              + name
              + " at any member"
              + (missing.isEmpty() ? "" : " that answered; silent: " + String.join(", ", missing)));
    }
  }
}
