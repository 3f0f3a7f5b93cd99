package io.cartwheel.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients see of contexts and siblings, through different nodes of one cluster. */
class SiblingsIT {
  @RegisterExtension static final CartwheelCluster cluster = CartwheelCluster.of(3);

  private static final String BUCKET = "carts";

  @Test
  void twoWritesWithOneContextAreSiblingsInAllThreeRepresentations() throws IOException {
    conflict("three-forms");

    Reply list = cluster.client("n3").get(BUCKET, "three-forms");
    assertThat(list.status()).isEqualTo(300);
    assertThat(list.header("Content-Type").orElse("")).startsWith("text/plain");
    List<String> lines = list.text().lines().toList();
    assertThat(lines).hasSize(3).first().isEqualTo("Siblings:");
    assertThat(byTag("three-forms", lines.get(1)) + byTag("three-forms", lines.get(2)))
        .matches("leftright|rightleft");

    Reply parts = cluster.client("n3").get(BUCKET, "three-forms", "Accept", "multipart/mixed");
    assertThat(parts.status()).isEqualTo(300);
    String type = parts.header("Content-Type").orElse("");
    assertThat(type).startsWith("multipart/mixed; boundary=");
    String boundary = type.substring(type.indexOf('=') + 1).replace("\"", "");
    assertThat(parts.text().split("--" + boundary, -1)).hasSize(4);
    assertThat(parts.text()).contains("left", "right", "--" + boundary + "--");

    Reply json = cluster.client("n3").get(BUCKET, "three-forms", "Accept", "application/json");
    assertThat(json.status()).isEqualTo(300);
    assertThat(json.text()).contains(base64("left"), base64("right"), lines.get(1), lines.get(2));
  }

  @Test
  void aWriteWithTheReturnedContextLeavesOne() throws IOException {
    Reply shown = conflict("resolved");
    Reply resolved = put("n2", "resolved", "both", shown.context());
    assertThat(resolved.status()).isEqualTo(204);
    assertThat(read("n1", "resolved").text()).isEqualTo("both");
  }

  @Test
  void aWriteWithAnOlderContextRemovesNothingNewer() throws IOException {
    put("n1", "older", "one");
    String first = read("n1", "older").context();
    put("n2", "older", "two", first);
    String second = read("n2", "older").context();
    put("n3", "older", "three", second);
    put("n1", "older", "late", first);
    assertThat(values("n2", "older")).containsExactlyInAnyOrder("three", "late");
  }

  @Test
  void aWriteWithoutAContextStandsBesideWhatIsThere() throws IOException {
    put("n1", "beside", "one");
    Reply blind = put("n2", "beside", "two");
    assertThat(blind.header("X-Riak-Vclock")).as("a context that hides a sibling").isEmpty();
    assertThat(blind.header("X-Cartwheel-Session")).isPresent();
    assertThat(values("n3", "beside")).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void aDeleteWithItsContextLeavesATombstone() throws IOException {
    put("n1", "deleted", "gone");
    String context = read("n2", "deleted").context();
    Reply deleted = cluster.client("n3").delete(BUCKET, "deleted", "X-Riak-Vclock", context);
    assertThat(deleted.status()).isEqualTo(204);
    for (ServerProcess node : cluster.nodes().nodes()) {
      Reply missing = node.client().get(BUCKET, "deleted");
      assertThat(missing.status()).isEqualTo(404);
      assertThat(missing.header("X-Riak-Deleted")).contains("true");
      assertThat(missing.context()).isNotEmpty();
    }
  }

  @Test
  void aDeleteDoesNotTakeWhatItsClientHadNotSeen() throws IOException {
    put("n1", "unseen", "one");
    String context = read("n1", "unseen").context();
    put("n2", "unseen", "two", context);
    cluster.client("n3").delete(BUCKET, "unseen", "X-Riak-Vclock", context);
    assertThat(values("n1", "unseen")).contains("two");
  }

  @Test
  void aDamagedOrForeignContextIsRefusedAndNothingIsWritten() throws IOException {
    put("n1", "damaged", "one");
    put("n1", "foreign", "other");
    String whole = read("n1", "damaged").context();
    for (String wrong :
        List.of(damage(whole), whole.substring(0, whole.length() / 2), "", "!", "AAAA")) {
      assertThat(put("n2", "damaged", "two", wrong).status()).as("context " + wrong).isEqualTo(400);
    }
    String foreign = read("n1", "foreign").context();
    assertThat(put("n2", "damaged", "two", foreign).status()).isEqualTo(400);
    assertThat(cluster.client("n2").delete(BUCKET, "damaged", "X-Riak-Vclock", foreign).status())
        .isEqualTo(400);
    assertThat(read("n3", "damaged").text()).isEqualTo("one");
  }

  /** Two clients read, then both write with what they read; answers a read of the outcome. */
  private static Reply conflict(String key) throws IOException {
    put("n1", key, "base");
    String context = read("n2", key).context();
    put("n1", key, "left", context);
    put("n2", key, "right", context);
    Reply shown = cluster.client("n3").get(BUCKET, key, "Accept", "multipart/mixed");
    assertThat(shown.status()).isEqualTo(300);
    return shown;
  }

  private static Reply put(String node, String key, String value) throws IOException {
    Reply reply =
        cluster.client(node).put(BUCKET, key, value.getBytes(UTF_8), "Content-Type", "text/plain");
    assertThat(reply.status()).as("put " + value).isEqualTo(204);
    return reply;
  }

  private static Reply put(String node, String key, String value, String context)
      throws IOException {
    return cluster
        .client(node)
        .put(
            BUCKET,
            key,
            value.getBytes(UTF_8),
            "Content-Type",
            "text/plain",
            "X-Riak-Vclock",
            context);
  }

  private static Reply read(String node, String key) throws IOException {
    Reply reply = cluster.client(node).get(BUCKET, key);
    assertThat(reply.status()).as("read of " + key).isEqualTo(200);
    return reply;
  }

  private static List<String> values(String node, String key) throws IOException {
    Reply reply = cluster.client(node).get(BUCKET, key);
    if (reply.status() != 300) {
      return List.of(reply.text());
    }
    var values = new java.util.ArrayList<String>();
    for (String tag : reply.text().lines().skip(1).toList()) {
      values.add(byTag(key, tag));
    }
    return values;
  }

  private static String byTag(String key, String tag) throws IOException {
    Reply one = cluster.client("n2").get(ItemsClient.item(BUCKET, key).with("vtag", tag));
    assertThat(one.status()).as("vtag " + tag).isEqualTo(200);
    return one.text();
  }

  private static String damage(String context) {
    byte[] bytes = Base64.getDecoder().decode(context);
    bytes[bytes.length / 2] ^= 1;
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
