package io.cartwheel.cli.item;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.http.NodeClient;
import io.cartwheel.cli.http.Refusal;
import io.cartwheel.cli.http.Request;
import io.cartwheel.cli.http.Response;
import io.cartwheel.cli.http.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One item at one node. */
record ItemClient(NodeClient node, ItemName name) {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int MULTIPLE_CHOICES = 300;
  private static final int NOT_FOUND = 404;

  /** Reads all versions in one request: alone as it is, several as JSON. */
  Fetched read(Target target) throws CommandFailed {
    Response response = node.exchange(Request.of("GET", target.toString()));
    Optional<String> context = response.header(ItemHeaders.CONTEXT);
    return switch (response.status()) {
      case OK -> new Fetched.Found(context, List.of(Version.of(response)), 0);
      case MULTIPLE_CHOICES -> siblings(context, Json.parse(response.body()));
      case NOT_FOUND -> absent(response);
      default -> throw Refusal.of(response);
    };
  }

  /** Writes a version over what the context covers; without one beside all there is. */
  Written write(Target target, Version version, Optional<String> context) throws CommandFailed {
    Request request =
        Request.of("PUT", target.toString())
            .with(ItemHeaders.CONTENT_TYPE, version.contentType())
            .withBody(version.value());
    if (version.contentEncoding().isPresent()) {
      request = request.with(ItemHeaders.CONTENT_ENCODING, version.contentEncoding().get());
    }
    if (version.links().isPresent()) {
      request = request.with(ItemHeaders.LINK, version.links().get());
    }
    if (version.ttl().isPresent()) {
      // What expires this second would be refused as lasting no time at all.
      long seconds = Math.max(1, version.ttl().get().toSeconds());
      request = request.with(ItemHeaders.TTL, Long.toString(seconds));
    }
    for (var entry : version.metadata().entrySet()) {
      request = request.with(ItemHeaders.METADATA + entry.getKey(), entry.getValue());
    }
    return written(withContext(request, context));
  }

  /** Deletes what the context covers; without one what the node finds. */
  Written delete(Target target, Optional<String> context) throws CommandFailed {
    return written(withContext(Request.of("DELETE", target.toString()), context));
  }

  CommandFailed failure(Fetched.Absent nothing) {
    return new CommandFailed(
        ExitCode.NOT_FOUND, "nothing at " + name + (nothing.deleted() ? " (it was deleted)" : ""));
  }

  private static Request withContext(Request request, Optional<String> context) {
    return context.map(token -> request.with(ItemHeaders.CONTEXT, token)).orElse(request);
  }

  private Written written(Request request) throws CommandFailed {
    Response response = node.exchange(request);
    return switch (response.status()) {
      case OK, CREATED, NO_CONTENT, MULTIPLE_CHOICES ->
          new Written(response.header(ItemHeaders.CONTEXT), response.header(ItemHeaders.SESSION));
      case NOT_FOUND -> throw failure(absent(response));
      default -> throw Refusal.of(response);
    };
  }

  private static Fetched siblings(Optional<String> context, JsonObject page) throws CommandFailed {
    var versions = new ArrayList<Version>();
    for (JsonObject sibling : page.objects("siblings")) {
      versions.add(Version.of(sibling));
    }
    int deletes = page.number("tombstones").orElse(0L).intValue();
    return new Fetched.Found(context.or(() -> page.text("context")), versions, deletes);
  }

  /** That there is no such item; other things may be missing too, its type for one. */
  private static Fetched.Absent absent(Response response) throws CommandFailed {
    boolean deleted = response.header(ItemHeaders.DELETED).isPresent();
    CommandFailed refusal = Refusal.of(response);
    if (!deleted && !refusal.reason().equals("not found")) {
      throw refusal;
    }
    return new Fetched.Absent(response.header(ItemHeaders.CONTEXT), deleted);
  }
}
