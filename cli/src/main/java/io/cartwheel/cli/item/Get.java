package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.http.Headers;
import io.cartwheel.cli.http.NodeOptions;
import io.cartwheel.cli.http.Target;
import io.cartwheel.core.item.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads an item: its bytes to stdout or a file. */
@Command(
    name = "get",
    description = {
      "Read an item: its bytes, unchanged, to standard output.",
      "An item with siblings has no one value: they are listed on standard error, nothing is"
          + " written, and the status is 1. Read one of them with --vtag, or resolve them."
    },
    footer = {
      "",
      "Examples:",
      "  cartwheel get carts alice",
      "  cartwheel get photos cat.png --file cat.png",
      "  cartwheel get carts alice -r all -o json"
    })
public final class Get implements Callable<Integer> {
  private final Console console;

  @Mixin private final ItemArguments item = new ItemArguments();
  @Mixin private final ReadQuorums quorums = new ReadQuorums();
  @Mixin private final NodeQuorums nodes = new NodeQuorums();
  @Mixin private final NodeOptions options = new NodeOptions();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      order = 10,
      description = "Write the value to this file instead.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--vtag",
      paramLabel = "VTAG",
      order = 11,
      description = "Of several siblings, the one that 'siblings' lists so.")
  private Optional<String> vtag = Optional.empty();

  public Get(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailed {
    ItemName name = item.name();
    var client = new ItemClient(options.client(console), name);
    Fetched fetched = client.read(options.limit(nodes.apply(quorums.apply(target(name)))));
    if (options.json()) {
      Json.print(console.out(), fetched.toJson(name));
    }
    return switch (fetched) {
      case Fetched.Absent nothing -> throw client.failure(nothing);
      case Fetched.Found found when found.conflict() -> throw conflict(name, found);
      case Fetched.Found found -> deliver(found);
    };
  }

  private Target target(ItemName name) {
    return vtag.map(tag -> name.target().with("vtag", tag)).orElse(name.target());
  }

  private Integer deliver(Fetched.Found found) throws CommandFailed {
    Version version = found.versions().getFirst();
    if (file.isPresent()) {
      store(version.value(), file.get());
    }
    if (file.isPresent() && !options.json()) {
      console
          .out()
          .println(
              version.value().length()
                  + " bytes, "
                  + Headers.fromWire(version.contentType())
                  + ", to "
                  + file.get());
      version
          .ttl()
          .ifPresent(left -> console.out().println("expires in  " + TimeToLive.text(left)));
      found.context().ifPresent(context -> console.out().println("context  " + context));
    } else if (!options.json()) {
      byte[] bytes = version.value().toArray();
      console.out().write(bytes, 0, bytes.length);
    }
    return ExitCode.OK.status();
  }

  private static void store(Bytes value, Path path) throws CommandFailed {
    try {
      Files.write(path, value.toArray());
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.FAILED, path + " can't be written: " + e);
    }
  }

  private CommandFailed conflict(ItemName name, Fetched.Found found) {
    if (!options.json()) {
      SiblingTable.print(console.err(), found.versions());
    }
    return new CommandFailed(
        ExitCode.FAILED,
        found.versions().size()
            + " siblings at "
            + name
            + ": read one with --vtag VTAG, or settle on one with 'cartwheel resolve "
            + name.words()
            + " --vtag VTAG'");
  }
}
