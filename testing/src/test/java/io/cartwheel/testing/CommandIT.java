package io.cartwheel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The verbs over items against a real node, each as a process of its own. */
class CommandIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern CONTEXT = Pattern.compile("context  (\\S+)");

  @RegisterExtension static final CartwheelCluster cluster = CartwheelCluster.of(1);

  @Test
  void aValueGoesInAndComesOutUnchanged(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[100_000];
    new java.util.SplittableRandom(1).nextBytes(bytes);
    Path in = Files.write(folder.resolve("in.png"), bytes);
    Path out = folder.resolve("out.png");
    assertThat(run("put", "photos", "a/b c", "--file", in.toString()).out())
        .startsWith("stored photos/a/b c: 100000 bytes, image/png\ncontext  ");
    assertThat(run("get", "photos", "a/b c", "--file", out.toString()).status()).isZero();
    assertThat(out).hasBinaryContent(bytes);
  }

  @Test
  void aConflictIsShownSettledAndDeleted() {
    String base = context(run("put", "carts", "alice", "base"));
    run("put", "carts", "alice", "left", "--context", base, "--meta", "side=left");
    run("put", "carts", "alice", "right", "--context", base);

    Command get = run("get", "carts", "alice");
    assertThat(get.status()).isEqualTo(1);
    assertThat(get.out()).isEmpty();
    assertThat(get.err()).contains("left", "right", "2 siblings at carts/alice");

    Command siblings = run("siblings", "carts", "alice");
    assertThat(siblings.status()).isZero();
    String left =
        siblings
            .out()
            .lines()
            .filter(line -> line.endsWith("left"))
            .map(line -> line.split(" ")[0])
            .findFirst()
            .orElseThrow();
    assertThat(run("get", "carts", "alice", "--vtag", left).out()).isEqualTo("left");
    assertThat(run("resolve", "carts", "alice", "--vtag", left).status()).isZero();
    assertThat(run("get", "carts", "alice").out()).isEqualTo("left");
    assertThat(run("get", "carts", "alice", "-o", "json").out())
        .contains("\"metadata\":{\"side\":\"left\"}");

    assertThat(run("delete", "carts", "alice").status()).isZero();
    Command gone = run("get", "carts", "alice");
    assertThat(gone.status()).isEqualTo(3);
    assertThat(gone.err()).contains("it was deleted");
  }

  @Test
  void refusalsHaveTheirOwnStatus() {
    assertThat(run("get", "carts", "nobody").status()).isEqualTo(3);
    assertThat(run("get", "carts", "nobody", "--type", "none").err()).contains("type");
    assertThat(run("get", "carts", "nobody", "--type", "none").status()).isEqualTo(3);
    assertThat(run("put", "carts", "x", "y", "--context", "AAAA").status()).isEqualTo(1);
    assertThat(run("put", "carts", "x", "y", "-w", "3").status()).isEqualTo(4);
    assertThat(run("put", "carts", "x", "y", "-w", "99").status()).isEqualTo(1);
  }

  @Test
  void aSilentNodeIsATimeout() {
    ServerProcess node = cluster.node("n1");
    node.pause();
    try {
      Command silent = run("get", "carts", "alice", "--timeout", "1ms");
      assertThat(silent.status()).isEqualTo(5);
      assertThat(silent.err()).contains("did not answer within");
    } finally {
      node.resume();
    }
  }

  private static Command run(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--node";
    all[words.length + 1] = NodeSettings.loopback(cluster.node("n1").settings().ports().http());
    return Command.run(PATIENCE, all);
  }

  private static String context(Command command) {
    Matcher context = CONTEXT.matcher(command.out());
    assertThat(context.find()).as(command.toString()).isTrue();
    return context.group(1);
  }
}
