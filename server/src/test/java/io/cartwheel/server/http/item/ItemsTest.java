package io.cartwheel.server.http.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.server.http.LocalNode;
import io.cartwheel.server.http.item.ItemClient.Seen;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ItemsTest {
  private static final String ALICE = "/buckets/carts/keys/alice";

  private LocalNode node;
  private ItemClient client;

  @BeforeEach
  void start() throws Exception {
    node =
        new LocalNode(
            new TreeMap<>(
                Map.of(
                    "bucket_types.last.allow_mult", "false",
                    "bucket_types.narrow.max_siblings", "3",
                    "bucket_types.narrow.n", "1")));
    client = new ItemClient(node);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void whatIsPutIsGotWithItsDescription() throws Exception {
    Seen put =
        client.put(
            ALICE,
            "{}",
            "X-Riak-Meta-Colour",
            "gr\u00FCn",
            "X-Riak-Meta-Colour",
            "blue",
            "Content-Encoding",
            "identity",
            "Link",
            "</buckets/b/keys/k>; riaktag=\"next\", </buckets/carts>; rel=\"up\"");
    assertThat(put.status()).isEqualTo(204);
    assertThat(put.context()).isNotEmpty().isEqualTo(put.header("X-Cartwheel-Session"));
    Seen got = client.get(ALICE);
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body()).isEqualTo("{}");
    assertThat(got.header("Content-Type")).isEqualTo("text/plain");
    assertThat(got.header("Content-Encoding")).isEqualTo("identity");
    assertThat(got.header("X-Riak-Meta-Colour")).isEqualTo("gr\u00FCn, blue");
    assertThat(got.header("Link"))
        .isEqualTo("</buckets/b/keys/k>; riaktag=\"next\", </buckets/carts>; rel=\"up\"");
    assertThat(got.header("ETag")).matches("\"[0-9A-Za-z]{5,11}\"");
    assertThat(got.header("Last-Modified")).endsWith(" GMT");
    assertThat(got.context()).isNotEmpty();
  }

  /** As many as there were siblings: each was shown with one. */
  @Test
  void upLinksAreTakenBackHoweverManyThereAre() throws Exception {
    String up = "</types/default/buckets/" + "b".repeat(200) + ">; rel=\"up\"";
    String own = "</buckets/b/keys/k>; riaktag=\"next\"";
    String links = (up + ", ").repeat(20) + own + (", " + up).repeat(20);
    assertThat(client.put(ALICE, "x", "Link", links).status()).isEqualTo(204);
    assertThat(client.get(ALICE).header("Link")).isEqualTo(own + ", </buckets/carts>; rel=\"up\"");
    String others = own.replace("next", "n".repeat(1024));
    assertThat(client.put(ALICE, "x", "Link", links + ", " + others).status()).isEqualTo(431);
  }

  @Test
  void anEmptyValueIsAValue() throws Exception {
    client.put(ALICE, "");
    assertThat(client.get(ALICE).status()).isEqualTo(200);
    assertThat(client.get(ALICE).body()).isEmpty();
  }

  @Test
  void anAbsentItemIsNotFound() throws Exception {
    Seen got = client.get(ALICE);
    assertThat(got.status()).isEqualTo(404);
    assertThat(got.body()).isEqualTo("not found\n");
    assertThat(got.header("X-Riak-Deleted")).isEmpty();
    assertThat(got.context()).isEmpty();
  }

  @Test
  void twoWritesOverOneContextLeaveTwoSiblings() throws Exception {
    client.put(ALICE, "old");
    String context = client.get(ALICE).context();
    assertThat(client.put(ALICE, "one", "X-Riak-Vclock", context).context()).isNotEmpty();
    Seen second = client.put(ALICE, "two", "X-Riak-Vclock", context);
    assertThat(second.status()).isEqualTo(204);
    assertThat(second.context()).as("the other sibling was not shown").isEmpty();
    assertThat(second.header("X-Cartwheel-Session")).isNotEmpty();

    Seen text = client.get(ALICE);
    assertThat(text.status()).isEqualTo(300);
    assertThat(text.header("Content-Type")).isEqualTo("text/plain");
    List<String> lines = text.body().lines().toList();
    assertThat(lines).hasSize(3).startsWith("Siblings:");

    assertThat(client.get(ALICE + "?vtag=" + lines.get(1)).body()).isEqualTo("one");
    assertThat(client.get(ALICE + "?vtag=" + lines.get(2)).body()).isEqualTo("two");
    assertThat(client.get(ALICE + "?vtag=nonsense").status()).isEqualTo(404);

    Seen multipart = client.get(ALICE, "Accept", "text/html;q=0.1, multipart/mixed");
    assertThat(multipart.status()).isEqualTo(300);
    String boundary = multipart.header("Content-Type").split("boundary=", 2)[1];
    String[] parts = multipart.body().split("\r\n--" + boundary, -1);
    assertThat(parts).hasSize(4);
    assertThat(parts[1])
        .containsIgnoringCase("content-type: text/plain\r\n")
        .containsIgnoringCase("etag: \"" + lines.get(1) + "\"\r\n")
        .endsWith("\r\n\r\none");
    assertThat(parts[3]).isEqualTo("--\r\n");

    Seen json = client.get(ALICE, "Accept", "application/json");
    assertThat(json.status()).isEqualTo(300);
    assertThat(json.body())
        .contains("\"context\":\"")
        .contains("\"vtag\":\"" + lines.get(1) + "\"")
        .contains("\"value\":\"b25l\"")
        .contains("\"tombstones\":0");

    Seen resolved = client.put(ALICE, "both", "X-Riak-Vclock", text.context());
    assertThat(resolved.context()).isNotEmpty();
    assertThat(client.get(ALICE).body()).isEqualTo("both");
  }

  @Test
  void anOldContextRemovesNothingNewer() throws Exception {
    client.put(ALICE, "first");
    String old = client.get(ALICE).context();
    String newer = client.put(ALICE, "second", "X-Riak-Vclock", old).context();
    client.put(ALICE, "third", "X-Riak-Vclock", newer);
    assertThat(client.put(ALICE, "late", "X-Riak-Vclock", old).status()).isEqualTo(204);
    assertThat(client.get(ALICE).status()).isEqualTo(300);
  }

  @Test
  void aFloorIsNoContextToWriteWith() throws Exception {
    client.put(ALICE, "one");
    String floor = client.put(ALICE, "two").header("X-Cartwheel-Session");
    Seen refused = client.put(ALICE, "three", "X-Riak-Vclock", floor);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("read the item before");
  }

  @Test
  void aDamagedOrForeignContextIsRefused() throws Exception {
    client.put(ALICE, "one");
    String context = client.get(ALICE).context();
    String damaged = (context.charAt(0) == 'A' ? "B" : "A") + context.substring(1);
    assertThat(client.put(ALICE, "x", "X-Riak-Vclock", damaged).body()).contains("damaged");
    assertThat(client.put(ALICE, "x", "X-Riak-Vclock", "%%%").body()).contains("not base64");
    Seen foreign = client.put("/buckets/carts/keys/bob", "x", "X-Riak-Vclock", context);
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.body()).contains("another key");
    assertThat(client.put(ALICE, "x", "X-Riak-Vclock", "A".repeat(30_000)).status()).isEqualTo(400);
    assertThat(client.get(ALICE).body()).isEqualTo("one");
  }

  @Test
  void returnBodyShowsWhatThereIsNow() throws Exception {
    Seen alone = client.put(ALICE + "?returnbody=true", "one");
    assertThat(alone.status()).isEqualTo(200);
    assertThat(alone.body()).isEqualTo("one");
    Seen both = client.put(ALICE + "?returnbody=true", "two");
    assertThat(both.status()).isEqualTo(300);
    assertThat(client.put(ALICE, "three", "X-Riak-Vclock", both.context()).status()).isEqualTo(204);
    assertThat(client.get(ALICE).body()).isEqualTo("three");
  }

  @Test
  void aDeleteLeavesATombstoneWithAContext() throws Exception {
    client.put(ALICE, "one");
    String context = client.get(ALICE).context();
    Seen deleted = client.ask("DELETE", ALICE, "", "X-Riak-Vclock", context);
    assertThat(deleted.status()).isEqualTo(204);
    Seen got = client.get(ALICE);
    assertThat(got.status()).isEqualTo(404);
    assertThat(got.header("X-Riak-Deleted")).isEqualTo("true");
    assertThat(got.context()).isNotEmpty();
    assertThat(client.ask("DELETE", ALICE, "").status()).isEqualTo(404);
    client.put(ALICE, "again", "X-Riak-Vclock", got.context());
    assertThat(client.get(ALICE).body()).isEqualTo("again");
  }

  @Test
  void aDeleteWithoutAContextCoversWhatItSees() throws Exception {
    assertThat(client.ask("DELETE", ALICE, "").status()).isEqualTo(404);
    client.put(ALICE, "one");
    client.put(ALICE, "two");
    assertThat(client.ask("DELETE", ALICE, "").status()).isEqualTo(204);
    assertThat(client.get(ALICE).status()).isEqualTo(404);
  }

  @Test
  void aValueBesideATombstoneIsShownAlone() throws Exception {
    client.put(ALICE, "one");
    client.ask("DELETE", ALICE, "");
    client.put(ALICE, "blind");
    Seen got = client.get(ALICE);
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body()).isEqualTo("blind");
    assertThat(client.put(ALICE, "next", "X-Riak-Vclock", got.context()).context()).isNotEmpty();
  }

  @Test
  void aKeyIsMadeOnRequest() throws Exception {
    Seen made = client.ask("POST", "/types/last/buckets/a%20b/keys", "v", "Content-Type", "a/b");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.header("Location"))
        .matches("/types/last/buckets/a%20b/keys/[0-9A-Za-z]{10,22}");
    Seen got = client.get(made.header("Location"));
    assertThat(got.body()).isEqualTo("v");
    assertThat(got.header("Link")).isEqualTo("</types/last/buckets/a%20b>; rel=\"up\"");
  }

  @Test
  void theLastOfConcurrentWritesWinsWhereTheTypeSaysSo() throws Exception {
    client.put("/types/last/buckets/b/keys/k", "one");
    client.put("/types/last/buckets/b/keys/k", "two");
    assertThat(client.get("/types/last/buckets/b/keys/k").body()).isEqualTo("two");
  }

  @Test
  void tooManySiblingsAreRefusedWithTheRemedy() throws Exception {
    String key = "/types/narrow/buckets/b/keys/k";
    for (int i = 0; i < 3; i++) {
      assertThat(client.put(key, "v" + i).status()).isEqualTo(204);
    }
    Seen refused = client.put(key, "one more");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("too many siblings", "read the item", "X-Riak-Vclock");
    String context = client.get(key).context();
    assertThat(client.put(key, "resolved", "X-Riak-Vclock", context).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "r=4, more than the bucket type's n=3",
    "w=4, more than the bucket type's n=3",
    "r=many, 'must be a number, one, quorum, all or default'",
    "pw=-1, must be a number",
    "returnbody=maybe, true or false",
    "fanout=some, all or quorum",
    "sloppy_quorum=1, sloppy_quorum must be true or false",
    "node_confirms=4, node_confirms=4 is more than the bucket type's n=3",
    "node_confirms=-1, node_confirms must be a number or default",
    "node_confirms=quorum, node_confirms must be a number or default",
    "timeout=0, milliseconds",
    "timeout=99999999, milliseconds",
  })
  void wrongOptionsAreRefused(String option, String because) throws Exception {
    Seen refused = client.put(ALICE + "?" + option, "x");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains(because);
  }

  @Test
  void optionsThatAreNotBuiltAreSaidSo() throws Exception {
    assertThat(client.put(ALICE + "?sync_on_write=all", "x").status()).isEqualTo(501);
  }

  @Test
  void unknownOptionsAreIgnoredAndKnownOnesTaken() throws Exception {
    String options =
        "?foo=bar&r=1&w=one&pr=quorum&pw=all&dw=default&timeout=100&node_confirms=1"
            + "&sloppy_quorum=TRUE&basic_quorum=true&notfound_ok=FALSE&fanout=all&sync_on_write=backend";
    assertThat(client.put(ALICE + options, "x").status()).isEqualTo(204);
    assertThat(client.get(ALICE + options).status()).isEqualTo(200);
    assertThat(client.ask("DELETE", ALICE + "?rw=all", "").status()).isEqualTo(204);
  }

  @Test
  void aQuorumThatCantBeMetNowIsUnavailable() throws Exception {
    Seen text = client.put(ALICE + "?w=3", "x");
    assertThat(text.status()).isEqualTo(503);
    assertThat(text.header("Retry-After")).isNotEmpty();
    assertThat(text.body()).startsWith("unavailable: 3 replicas needed, got 1; nothing was done");
    Seen json = client.get(ALICE + "?r=2", "Accept", "application/json");
    assertThat(json.body()).contains("\"error\":\"unavailable\"", "\"needed\":2", "\"got\":1");
  }

  @Test
  void whatIsNotBuiltIsSaidSo() throws Exception {
    for (String path :
        List.of(
            "/buckets/b/keys",
            "/buckets/b/props",
            "/buckets/b/index/i/1",
            "/buckets/b/counters/c",
            "/types/last/buckets/b/datatypes/d")) {
      assertThat(client.get(path).status()).as(path).isEqualTo(501);
    }
    assertThat(client.get(ALICE, "X-Cartwheel-Session", "x").status()).isEqualTo(501);
  }

  @Test
  void wrongMethodsAndPathsAreRefused() throws Exception {
    Seen wrong = client.ask("PATCH", ALICE, "");
    assertThat(wrong.status()).isEqualTo(405);
    assertThat(wrong.header("Allow")).isEqualTo("GET, HEAD, PUT, POST, DELETE");
    assertThat(client.get("/buckets/b").status()).isEqualTo(404);
    assertThat(client.get("/buckets/b/keys/k/more").status()).isEqualTo(404);
    assertThat(client.get("/types/none/buckets/b/keys/k").status()).isEqualTo(404);
    assertThat(client.get("/types/none/buckets/b/keys/k").body()).contains("unknown bucket type");
  }

  @Test
  void aWriteNeedsATypeAndLittleMetadata() throws Exception {
    assertThat(client.ask("PUT", ALICE, "x").body()).contains("Content-Type is missing");
    assertThat(client.put(ALICE, "x", "X-Riak-Meta-A", "a".repeat(1025)).status()).isEqualTo(431);
    assertThat(client.put(ALICE, "x", "Content-Type", "twice").status()).isEqualTo(400);
  }

  /** What is stored is counted: a name once, however often it comes. */
  @Test
  void aRepeatedNameOfMetadataCountsOnce() throws Exception {
    String name = "X-Riak-Meta-" + "n".repeat(400);
    assertThat(client.put(ALICE, "x", name, "a", name, "b", name, "c").status()).isEqualTo(204);
  }

  @Test
  void namesAreBounded() throws Exception {
    assertThat(client.put("/buckets/b/keys/" + "k".repeat(1024), "x").status()).isEqualTo(204);
    assertThat(client.put("/buckets/b/keys/" + "k".repeat(1025), "x").status()).isEqualTo(400);
    assertThat(client.put("/buckets/" + "b".repeat(256) + "/keys/k", "x").status()).isEqualTo(400);
  }

  @Test
  void aNodeThatIsNotReadyServesNobody() throws Exception {
    node.ready(false);
    assertThat(client.get(ALICE).status()).isEqualTo(503);
    assertThat(client.get(ALICE).header("Retry-After")).isNotEmpty();
  }
}
