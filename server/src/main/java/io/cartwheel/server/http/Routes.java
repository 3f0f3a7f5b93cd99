package io.cartwheel.server.http;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.server.http.admin.Admin;
import io.cartwheel.server.http.admin.Load;
import io.cartwheel.server.http.item.BucketPath;
import io.cartwheel.server.http.item.Items;
import io.cartwheel.server.http.message.Answer;
import io.cartwheel.server.http.message.Handling;
import io.cartwheel.server.http.message.Handling.Operation;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what serves a request. */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final String SCRAPE_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final Map<String, String> RESOURCES =
      new TreeMap<>(
          Map.of(
              "items", "/buckets/{bucket}/keys/{key}",
              "typed_items", "/types/{type}/buckets/{bucket}/keys/{key}",
              "new_items", "/buckets/{bucket}/keys",
              "ping", "/ping",
              "health", "/healthz",
              "readiness", "/readyz",
              "metrics", "/metrics",
              "administration",
                  "/admin/v1/{ring|owners|preflist|explain|config|health|hints|repair|log-level}"));

  private final HttpNode node;
  private final Items items;
  private final Admin admin;

  /** Written once and early, which also wakes the JSON library before clients wait for it. */
  private final Bytes resources = Answer.json(200, RESOURCES).body().getFirst();

  Routes(HttpNode node, HttpSettings settings, Load load) {
    this.node = node;
    int timeoutMillis = Math.toIntExact(settings.timeouts().request().toMillis());
    items =
        new Items(
            node.shards(), new Items.Settings(timeoutMillis, settings.limits().metadataBytes()));
    admin = new Admin(node.shards(), node.facts(), load);
  }

  Handling route(RequestHead head) throws RefusedException {
    List<Bytes> path = head.target().path();
    Optional<BucketPath> bucket = BucketPath.of(path);
    if (bucket.isPresent()) {
      return items.handle(head, bucket.get());
    }
    String first = path.isEmpty() ? "" : path.getFirst().toUtf8();
    return switch (first) {
      case "buckets" -> throw new RefusedException(Problem.notBuilt("listing buckets"));
      case "types" -> throw new RefusedException(Problem.notBuilt("properties of bucket types"));
      case "mapred" -> throw new RefusedException(Problem.notBuilt("map-reduce"));
      case "stats" -> throw new RefusedException(Problem.notBuilt("stats; see /metrics"));
      case "console" -> throw new RefusedException(Problem.notBuilt("the console"));
      default -> readOnly(head, path, first);
    };
  }

  private Handling readOnly(RequestHead head, List<Bytes> path, String first)
      throws RefusedException {
    boolean isAdmin =
        path.size() == 3 && first.equals("admin") && path.get(1).equals(Bytes.utf8("v1"));
    if (path.size() > 1 && !isAdmin) {
      throw new RefusedException(Problem.notFound("no such path"));
    }
    if (isAdmin && Admin.changes(path.get(2).toUtf8())) {
      return administered(head, path.get(2).toUtf8());
    }
    if (!head.reads()) {
      throw new RefusedException(Problem.wrongMethod("GET, HEAD"));
    }
    if (isAdmin) {
      return aside(head, () -> admin.answer(head, path.get(2).toUtf8()));
    }
    return first.equals("metrics")
        ? aside(head, () -> Answer.of(200, SCRAPE_TYPE, Bytes.utf8(node.scrape().get())))
        : Handling.of(single(first));
  }

  /** What may be changed as well as read. */
  private Handling administered(RequestHead head, String what) throws RefusedException {
    if (head.reads()) {
      return aside(head, () -> admin.answer(head, what));
    }
    if (!head.method().equals("PUT")) {
      throw new RefusedException(Problem.wrongMethod("GET, HEAD, PUT"));
    }
    return aside(head, () -> admin.change(head, what));
  }

  /** Makes an answer. */
  @FunctionalInterface
  private interface Slowly {
    Answer answer() throws RefusedException;
  }

  /** What takes milliseconds is done on a thread of its own: the loops have clients to serve. */
  private static Handling aside(RequestHead head, Slowly work) {
    return Handling.of(
        Operation.OTHER,
        done -> Thread.ofVirtual().name("http-aside").start(() -> done.accept(made(head, work))));
  }

  private static Answer made(RequestHead head, Slowly work) {
    try {
      return work.answer();
    } catch (RefusedException e) {
      return Answer.of(e.problem(), head.headers());
    } catch (RuntimeException e) {
      LOG.error("request {} failed", head.id(), e);
      return Answer.of(HeadCheck.failed(), head.headers());
    }
  }

  private Answer single(String name) throws RefusedException {
    return switch (name) {
      case "" -> Answer.of(200, Answer.JSON, resources);
      case "ping" -> Answer.text(200, "OK");
      case "healthz" -> Answer.text(200, "healthy\n");
      case "readyz" ->
          node.shards().isReady() ? Answer.text(200, "ready\n") : Answer.text(503, "not ready\n");
      default -> throw new RefusedException(Problem.notFound("no such path"));
    };
  }
}
