package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.http.NodeOptions;
import io.cartwheel.cli.http.Target;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settles a conflict: one version instead of all that were read. */
@Command(
    name = "resolve",
    description = {
      "Settle a conflict: one of the siblings, or a new value, replaces them all.",
      "What others write meanwhile survives as a sibling. With --context only what that context"
          + " covers is replaced."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel resolve carts alice --vtag 4XK2bM",
      "  cartwheel resolve carts alice --file merged.json"
    })
public final class Resolve implements Callable<Integer> {
  private final Console console;

  @Mixin private final ValueArguments value = new ValueArguments();
  @Mixin private final ContextOption context = new ContextOption();
  @Mixin private final ReadQuorums reads = new ReadQuorums();
  @Mixin private final WriteQuorums writes = new WriteQuorums();
  @Mixin private final NodeQuorums nodes = new NodeQuorums();
  @Mixin private final NodeOptions options = new NodeOptions();

  @Option(
      names = "--vtag",
      paramLabel = "VTAG",
      order = 9,
      description =
          "Keep this one of the siblings, with its content type, metadata and time to live.")
  private Optional<String> vtag = Optional.empty();

  public Resolve(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    ItemName name = value.name();
    Optional<String> seen = context.token();
    checkChoice();
    Optional<Version> merged =
        value.given() ? Optional.of(value.version(console)) : Optional.empty();
    var client = new ItemClient(options.client(console), name);
    return switch (client.read(options.limit(nodes.apply(reads.apply(name.target()))))) {
      case Fetched.Absent nothing -> throw client.failure(nothing);
      case Fetched.Found found ->
          settle(
              client,
              merged.isPresent() ? merged.get() : chosen(found.versions()),
              seen.isPresent() ? seen.get() : covering(found));
    };
  }

  private void checkChoice() throws CommandFailed {
    if (vtag.isPresent() == value.given()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "say what is to remain: --vtag VTAG, or a new value as VALUE, - or --file FILE");
    }
    if (vtag.isPresent() && value.described()) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--content-type, --meta and --ttl describe a new value: a sibling keeps its own");
    }
  }

  private Version chosen(List<Version> versions) throws CommandFailed {
    String wanted = vtag.orElseThrow();
    for (Version version : versions) {
      if (version.vtag().equals(wanted)) {
        return version;
      }
    }
    throw new CommandFailed(
        ExitCode.FAILED,
        "no sibling "
            + wanted
            + "; there are "
            + versions.stream().map(Version::vtag).collect(Collectors.joining(", ")));
  }

  private static String covering(Fetched.Found found) throws CommandFailed {
    return found
        .context()
        .orElseThrow(
            () -> new CommandFailed(ExitCode.FAILED, "the node gave no context to write over"));
  }

  private Integer settle(ItemClient client, Version version, String over) throws CommandFailed {
    Target target = options.limit(nodes.apply(writes.apply(client.name().target())));
    Written written = client.write(target, version, Optional.of(over));
    new WriteReport(console, client.name(), options.json()).stored(version, written);
    return ExitCode.OK.status();
  }
}
