package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.testing.SourceTree.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A whole source tree is written while a node is killed and comes back, and each file reads back
 * from each node as it was.
 *
 * <p>With {@code -Dcartwheel.tree=FOLDER} it is a real one.
 */
class TreeIT {
  private static final int FILES = 3200;
  private static final int READERS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @RegisterExtension static final CartwheelCluster cluster = CartwheelCluster.of(3);

  @Test
  void everyFileComesBackAsItWasThroughEachNodeThoughOneWasKilledMeanwhile()
      throws IOException, InterruptedException {
    List<Entry> entries = entries();
    ServerProcess victim = cluster.node("n3");
    var upload = new TreeUpload(entries, cluster.nodes().nodes());
    List<Thread> writers = upload.start();

    awaitWritten(upload, entries.size() / 3);
    upload.leaveOut(victim);
    victim.kill9();
    int before = upload.written();
    awaitWritten(upload, entries.size() * 2 / 3);
    assertThat(upload.written() - before).as("written while n3 was dead").isPositive();
    victim.start().awaitReady(LocalCluster.PATIENCE);
    upload.use(victim);
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(upload.refused()).as("writes that living nodes refused").isEmpty();
    assertThat(upload.written()).isEqualTo(entries.size());
    for (ServerProcess node : cluster.nodes().nodes()) {
      assertThat(differing(node, entries)).as("differing through " + node.name()).isEmpty();
    }
  }

  private static List<Entry> entries() throws IOException {
    String tree = System.getProperty("cartwheel.tree", "");
    return tree.isEmpty() ? SourceTree.madeUp(FILES) : SourceTree.at(Path.of(tree));
  }

  private static void awaitWritten(TreeUpload upload, int files) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(PATIENCE)
        .until(() -> upload.written() >= files);
  }

  private static List<String> differing(ServerProcess node, List<Entry> entries)
      throws InterruptedException {
    var waiting = new ConcurrentLinkedQueue<>(entries);
    List<String> differing = Collections.synchronizedList(new ArrayList<>());
    var readers = new ArrayList<Thread>();
    for (int i = 0; i < READERS; i++) {
      readers.add(
          Thread.ofVirtual()
              .start(() -> {
                for (Entry e = waiting.poll(); e != null; e = waiting.poll()) {
                  compare(node, e, differing);
                }
              }));
    }
    for (Thread reader : readers) {
      reader.join();
    }
    return differing;
  }

  private static void compare(ServerProcess node, Entry entry, List<String> differing) {
    try {
      Reply reply = node.client().get(TreeUpload.BUCKET, entry.path());
      boolean same =
          reply.status() == 200
              && reply.header("Content-Type").orElse("").equals(entry.contentType())
              && Arrays.equals(reply.body(), entry.content());
      if (!same) {
        differing.add(entry.path() + ": " + reply);
      }
    } catch (IOException e) {
      differing.add(entry.path() + ": " + e);
    }
  }
}
