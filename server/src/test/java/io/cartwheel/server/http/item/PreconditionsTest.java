package io.cartwheel.server.http.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.server.http.LocalNode;
import io.cartwheel.server.http.item.ItemClient.Seen;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PreconditionsTest {
  private static final String KEY = "/buckets/b/keys/k";
  private static final String LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final String FAR_AHEAD = "Fri, 06 Nov 2093 08:49:37 GMT";

  private LocalNode node;
  private ItemClient client;

  @BeforeEach
  void start() throws Exception {
    node = new LocalNode(new TreeMap<>());
    client = new ItemClient(node);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aReadOfWhatTheClientHasIsNotModified() throws Exception {
    client.put(KEY, "one");
    String tag = client.get(KEY).header("ETag");
    Seen same = client.get(KEY, "If-None-Match", "\"x\", W/" + tag);
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(tag);
    assertThat(same.context()).isNotEmpty();
    assertThat(client.get(KEY, "If-None-Match", "*").status()).isEqualTo(304);
    assertThat(client.get(KEY, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    assertThat(client.get(KEY, "If-Modified-Since", FAR_AHEAD).status()).isEqualTo(304);
    assertThat(client.get(KEY, "If-Modified-Since", LONG_AGO).status()).isEqualTo(200);
    assertThat(client.get(KEY, "If-Modified-Since", "yesterday").status()).isEqualTo(200);
    assertThat(client.get(KEY, "If-Match", "\"other\"").status()).isEqualTo(412);
    assertThat(client.get("/buckets/b/keys/none", "If-None-Match", "*").status()).isEqualTo(404);
  }

  @Test
  void ifNoneMatchWritesOnlyWhatIsNotThere() throws Exception {
    assertThat(client.put(KEY, "one", "If-None-Match", "*").status()).isEqualTo(204);
    assertThat(client.put(KEY, "two", "If-None-Match", "*").status()).isEqualTo(412);
    assertThat(client.get(KEY).body()).isEqualTo("one");
    client.ask("DELETE", KEY, "");
    assertThat(client.put(KEY, "three", "If-None-Match", "*").status()).isEqualTo(204);
  }

  @Test
  void ifMatchWritesOnlyOverWhatItNames() throws Exception {
    assertThat(client.put(KEY, "one", "If-Match", "*").status()).isEqualTo(412);
    client.put(KEY, "one");
    Seen one = client.get(KEY);
    assertThat(client.put(KEY, "x", "If-Match", "\"other\"").status()).isEqualTo(412);
    assertThat(client.put(KEY, "x", "If-Match", "W/" + one.header("ETag")).status())
        .as("weak tags are good for reading only")
        .isEqualTo(412);
    assertThat(
            client
                .put(KEY, "two", "If-Match", one.header("ETag"), "X-Riak-Vclock", one.context())
                .status())
        .isEqualTo(204);
    assertThat(client.ask("DELETE", KEY, "", "If-Match", one.header("ETag")).status())
        .isEqualTo(412);
    assertThat(client.get(KEY).body()).isEqualTo("two");
  }

  @Test
  void siblingsHaveATagTogether() throws Exception {
    client.put(KEY, "one");
    String alone = client.get(KEY).header("ETag");
    client.put(KEY, "two");
    String together = client.get(KEY).header("ETag");
    assertThat(together).isNotEqualTo(alone);
    assertThat(client.put(KEY, "x", "If-Match", alone).status()).isEqualTo(412);
    assertThat(client.get(KEY, "If-None-Match", together).status()).isEqualTo(304);
  }

  @Test
  void ifUnmodifiedSinceGuardsWrites() throws Exception {
    client.put(KEY, "one");
    assertThat(client.put(KEY, "x", "If-Unmodified-Since", LONG_AGO).status()).isEqualTo(412);
    assertThat(client.put(KEY, "two", "If-Unmodified-Since", FAR_AHEAD).status()).isEqualTo(204);
  }

  @Test
  void ifNotModifiedComparesStates() throws Exception {
    client.put(KEY, "one");
    String context = client.get(KEY).context();
    assertThat(client.put(KEY, "two", "X-Riak-If-Not-Modified", context).status()).isEqualTo(204);
    Seen late = client.put(KEY, "three", "X-Riak-If-Not-Modified", context);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body()).contains("modified");
    client.ask("DELETE", KEY, "");
    Seen gone = client.put(KEY, "four", "X-Riak-If-Not-Modified", context);
    assertThat(gone.status()).isEqualTo(409);
    assertThat(client.put(KEY, "x", "X-Riak-If-Not-Modified", "damaged").status()).isEqualTo(400);
  }
}
