package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.cli.http.Target;
import io.cartwheel.core.item.Bytes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code admin explain} tells of keys of five nodes, one of which dies. */
class ExplainIT {
  private static final String BUCKET = "carts";
  private static final Duration SOON = Duration.ofSeconds(30);

  @RegisterExtension final CartwheelCluster cluster = CartwheelCluster.of(5);

  @Test
  void siblingsATombstoneAndAHintAreShownWhereTheyAre() throws Exception {
    List<String> owners = owners("alice");
    String asked = owners.getFirst();
    String dying = owners.getLast();
    put(asked, "alice", "left");
    put(asked, "alice", "right");
    awaitAtOwners(asked, "alice", "value 4", "value 5");
    put(asked, "bob", "gone");
    awaitAtOwners(asked, "bob", "value 4");
    assertThat(cluster.client(asked).delete(BUCKET, "bob").status()).isEqualTo(204);
    awaitAtOwners(asked, "bob", "tombstone 0");

    Command siblings = command(asked, "alice");
    assertThat(siblings.status()).as(siblings.toString()).isZero();
    assertThat(siblings.out())
        .containsPattern("(?m)^\\S+ +value .* 4 .*" + String.join(" ", owners) + "$")
        .containsPattern("(?m)^\\S+ +value .* 5 .*" + String.join(" ", owners) + "$")
        .containsPattern("(?m)^in agreement$")
        .doesNotContain("left", "right");
    assertThat(command(asked, "bob").out()).contains(" tombstone ");

    cluster.node(dying).kill9();
    put(asked, "alice", "meanwhile");
    await().atMost(SOON).until(() -> keeper(explain(asked, "alice")).isPresent());
    JsonObject told = explain(asked, "alice");
    JsonObject keeper = keeper(told).orElseThrow();
    assertThat(owners).doesNotContain(keeper.text("member").orElseThrow());
    assertThat(debt(keeper).orElseThrow().texts("owners")).containsExactly(dying);
    assertThat(debt(keeper).orElseThrow().text("since")).isPresent();
    assertThat(member(told, dying).text("answer")).contains("failed");
    assertThat(member(told, dying).text("health")).contains("suspect");
    Command kept = command(asked, "alice");
    assertThat(kept.out()).contains("kept for " + dying + " since 20", "; no answer from " + dying);

    cluster.nodes().startAll();
    awaitAtOwners(asked, "alice", "value 4", "value 5", "value 9");
    await().atMost(SOON).until(() -> keeper(explain(asked, "alice")).isEmpty());
    assertThat(command(dying, "alice").out()).containsPattern("(?m)^in agreement$");
  }

  @Test
  void aKeyThatNobodyHasIsToldByTheStatus() {
    Command nothing = command("n1", "nobody");
    assertThat(nothing.status()).isEqualTo(3);
    assertThat(nothing.err()).contains("nothing at carts/nobody at any member");
  }

  private void put(String node, String key, String value) throws IOException {
    Reply reply =
        cluster.client(node).put(BUCKET, key, value.getBytes(UTF_8), "Content-Type", "text/plain");
    assertThat(reply.status()).as("put %s: %s", value, reply).isEqualTo(204);
  }

  private List<String> owners(String key) throws IOException, CommandFailed {
    return page("n1", "preflist", key).texts("primaries");
  }

  private JsonObject explain(String node, String key) throws IOException, CommandFailed {
    return page(node, "explain", key);
  }

  private JsonObject page(String node, String what, String key) throws IOException, CommandFailed {
    Target target = Target.of("admin", "v1", what).with("bucket", BUCKET).with("key", key);
    Reply reply = cluster.client(node).get(target);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return Json.parse(Bytes.wrap(reply.body()));
  }

  /** Waits until each owner holds versions of these kinds and lengths, and no others. */
  private void awaitAtOwners(String node, String key, String... versions) {
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(explain(node, key).objects("members"))
                .filteredOn(member -> member.truth("primary"))
                .hasSize(3)
                .allSatisfy(owner -> assertThat(versions(owner)).containsExactly(versions)));
  }

  /** Attempts of one write count once: on a busy machine a write may be tried twice. */
  private static SortedSet<String> versions(JsonObject member) {
    var versions = new TreeSet<String>();
    member.object("report").stream()
        .flatMap(report -> report.objects("versions").stream())
        .map(version ->
            (version.truth("tombstone") ? "tombstone " : "value ")
                + version.text("bytes").orElseThrow())
        .forEach(versions::add);
    return versions;
  }

  private static JsonObject member(JsonObject page, String name) {
    return page.objects("members").stream()
        .filter(member -> member.text("member").equals(Optional.of(name)))
        .findFirst()
        .orElseThrow();
  }

  /** The first member that keeps the key for others. */
  private static Optional<JsonObject> keeper(JsonObject page) {
    return page.objects("members").stream().filter(member -> debt(member).isPresent()).findFirst();
  }

  private static Optional<JsonObject> debt(JsonObject member) {
    return member.object("report").flatMap(report -> report.object("owed"));
  }

  private Command command(String node, String key) {
    String address = NodeSettings.loopback(cluster.node(node).settings().ports().http());
    return Command.run(SOON, "admin", "explain", BUCKET, key, "--node", address);
  }
}
