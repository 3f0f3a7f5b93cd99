package io.cartwheel.cli.admin;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Figures;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.console.Printable;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells how one node is. */
@Command(
    name = "health",
    description = {
      "Tell how a node is: whether it serves, its store, its members, its memory.",
      "The status is 1 when anything is wrong: it is not ready or recovering, its store refuses"
          + " writes, it has no connection to a member, suspects one or finds one slow, itself"
          + " too, or its quota of hints is used up."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel admin health",
      "  cartwheel admin health --node 127.0.0.1:8101 -o json"
    })
final class AdminHealth implements Callable<Integer> {
  private final Console console;

  @Mixin private final NodeOptions options = new NodeOptions();

  AdminHealth(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    JsonObject health = AdminPage.of("health").show(console, options, this::print);
    return (health.truth("healthy") ? ExitCode.OK : ExitCode.FAILED).status();
  }

  private void print(JsonObject health) {
    line("health", health.truth("healthy") ? "ok" : "not well");
    health.texts("problems").forEach(problem -> line("problem", problem));
    line("node", text(health, "node") + ", id " + text(health, "id"));
    line("ready", health.truth("ready") ? "yes" : "no");
    line("recovering", health.truth("recovering") ? "yes" : "no");
    health
        .object("storage")
        .ifPresent(store -> line("storage", text(store, "engine") + ", " + text(store, "state")));
    line("members", members(health.objects("members")));
    health.object("hints").ifPresent(hints -> line("hints", hints(hints)));
    health.object("deletes").ifPresent(deletes -> line("deletes", deletes(deletes)));
    line(
        "clients",
        "connections " + text(health, "connections") + ", requests " + text(health, "requests"));
    health.object("memory").ifPresent(memory -> line("memory", memory(memory)));
    line("uptime", health.number("uptime_seconds").map(Figures::age).orElse("?"));
    line("version", text(health, "version") + ", Java " + text(health, "java"));
  }

  private static String members(List<JsonObject> members) {
    return members.stream()
        .map(member -> text(member, "name") + " " + Standing.of(member))
        .collect(Collectors.joining(", "));
  }

  private static String hints(JsonObject hints) {
    List<JsonObject> owners = hints.objects("owners");
    return owners.isEmpty()
        ? "none"
        : owners.stream().map(AdminHealth::owed).collect(Collectors.joining("; "))
            + "; "
            + Figures.bytes(hints.number("bytes").orElse(0L))
            + " of "
            + Figures.bytes(hints.number("quota_bytes").orElse(0L));
  }

  private static String owed(JsonObject owner) {
    return "%s kept for %s, oldest %s"
        .formatted(
            text(owner, "count"),
            text(owner, "owner"),
            owner.number("oldest_s").map(Figures::age).orElse("?"));
  }

  private static String deletes(JsonObject deletes) {
    long waiting = deletes.number("waiting").orElse(0L);
    List<String> members = deletes.texts("held_up_by");
    return waiting == 0
        ? "none wait to be forgotten"
        : waiting
            + " wait to be forgotten"
            + (members.isEmpty() ? "" : ", held up by " + String.join(", ", members));
  }

  private static String memory(JsonObject memory) {
    String heap =
        "heap %s of %s"
            .formatted(
                Figures.bytes(memory.number("heap_used_bytes").orElse(0L)),
                Figures.bytes(memory.number("heap_max_bytes").orElse(0L)));
    return memory
        .number("resident_bytes")
        .map(bytes -> heap + ", resident " + Figures.bytes(bytes))
        .orElse(heap);
  }

  private static String text(JsonObject object, String name) {
    return object.text(name).orElse("?");
  }

  private void line(String what, String how) {
    console.out().printf("%-10s  %s%n", what, Printable.line(how));
  }
}
