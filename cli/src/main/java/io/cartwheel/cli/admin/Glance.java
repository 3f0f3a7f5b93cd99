package io.cartwheel.cli.admin;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.http.AdminPage;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.cli.http.NodeClient;
import io.cartwheel.cli.http.Request;
import io.cartwheel.cli.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What one look at a node showed. */
sealed interface Glance {
  /** A node that says nothing for so long is shown as such, and the others are not kept waiting. */
  Duration PATIENCE = Duration.ofSeconds(2);

  NodeAddress node();

  /**
   * It told how it is.
   *
   * @param nanos when, on a clock of this process
   */
  record Seen(NodeAddress node, long nanos, Answered answered, JsonObject health)
      implements Glance {}

  /** It did not. */
  record Unseen(NodeAddress node, CommandFailed why) implements Glance {}

  /** Looks at all nodes at once. */
  static List<Glance> at(List<NodeAddress> nodes) throws InterruptedException {
    try (var looks = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = new ArrayList<Callable<Glance>>();
      nodes.forEach(node -> tasks.add(() -> at(node)));
      var seen = new ArrayList<Glance>();
      for (Future<Glance> look : looks.invokeAll(tasks)) {
        seen.add(look.get());
      }
      return seen;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Glance at(NodeAddress node) {
    try {
      var client = new NodeClient(node, PATIENCE);
      Response metrics = client.exchange(Request.of("GET", "/metrics"));
      long nanos = System.nanoTime();
      JsonObject health = AdminPage.of("health").read(client);
      return new Seen(node, nanos, Answered.parse(metrics.body().toUtf8()), health);
    } catch (CommandFailed e) {
      return new Unseen(node, e);
    }
  }
}
