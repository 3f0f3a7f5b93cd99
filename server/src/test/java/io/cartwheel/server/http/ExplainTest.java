package io.cartwheel.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.server.http.RawClient.Reply;
import org.junit.jupiter.api.Test;

/** What the administration tells of one key, in a cluster of one. */
final class ExplainTest extends HttpServerFixture {
  private static final String EXPLAIN = "/admin/v1/explain?bucket=b&key=k";

  private Reply ask(String path) throws Exception {
    return connect().send(get(path)).reply();
  }

  @Test
  void siblingsAreToldByLengthAndDigestAndNeverShown() throws Exception {
    RawClient client = connect();
    client.send(put(KEY, "secret", "")).reply();
    client.send(put(KEY, "confidential", "")).reply();
    String vtag = client.send(get(KEY)).reply().body().lines().skip(1).findFirst().orElseThrow();

    Reply told = ask(EXPLAIN);

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.header("Content-Type")).isEqualTo("application/json");
    assertThat(told.body())
        .containsPattern("\"partition\":[0-7],\"position\":\"[0-9a-f]{32}\",\"n\":3,")
        .contains("\"conflicts\":{\"in_agreement\":true,\"differing\":[],\"missing\":[]}")
        .contains("\"members\":[{\"member\":\"n1\",\"id\":\"0000000000000001\",\"primary\":true,")
        .contains(
            "\"health\":\"healthy\",\"answer\":\"reported\",\"report\":{\"recovering\":false,")
        .containsPattern("\"copy\":\"held\",\"hash\":\"[0-9a-f]{32}\",\"clock\":\\[\"[0-9a-f]{16}")
        .contains("\"vtag\":\"" + vtag + "\"", "\"bytes\":6,", "\"bytes\":12,")
        .containsPattern(
            "\"tombstone\":false,\"hash\":\"[0-9a-f]{32}\",\"bytes\":6,\"written\":\"20")
        .contains("\"loss_marked\":false,\"epoch\":\"")
        .doesNotContain("secret", "confidential", "owed");
  }

  @Test
  void aTombstoneIsToldThoughAReadShowsNothing() throws Exception {
    RawClient client = connect();
    client.send(put(KEY, "v", "")).reply();
    client.send(get(KEY).replace("GET", "DELETE")).reply();
    assertThat(client.send(get(KEY)).reply().status()).isEqualTo(404);

    assertThat(ask(EXPLAIN).body()).contains("\"tombstone\":true", "\"bytes\":0");
  }

  @Test
  void aKeyThatNobodyHasIsNoFailure() throws Exception {
    Reply told = ask(EXPLAIN);

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.body())
        .contains("\"in_agreement\":true", "\"report\":{\"recovering\":false,\"copy\":\"absent\"");
  }

  @Test
  void keysAreAnyBytes() throws Exception {
    connect().send(put("/buckets/%fe/keys/%ff%00%80", "v", "")).reply();

    assertThat(ask("/admin/v1/explain?bucket=%fe&key=%ff%00%80").body())
        .contains("\"copy\":\"held\"");
    assertThat(ask("/admin/v1/explain?bucket=%fe&key=%ff%00%81").body())
        .contains("\"copy\":\"absent\"");
    assertThat(position("preflist", "%ff")).isNotEqualTo(position("preflist", "%fe"));
    assertThat(position("preflist", "%ff")).isEqualTo(position("explain", "%ff"));
  }

  private String position(String page, String key) throws Exception {
    String body = ask("/admin/v1/" + page + "?bucket=b&key=" + key).body();
    return body.replaceAll(".*\"position\":\"([0-9a-f]{32})\".*", "$1");
  }

  @Test
  void whatIsNoKeyIsRefused() throws Exception {
    assertThat(ask("/admin/v1/explain?bucket=b").status()).isEqualTo(400);
    assertThat(ask("/admin/v1/explain?key=k").status()).isEqualTo(400);
    assertThat(ask(EXPLAIN + "&type=").status()).isEqualTo(400);
    assertThat(ask("/admin/v1/explain?bucket=b&key=" + "k".repeat(1025)).status()).isEqualTo(400);
    Reply unknown = ask(EXPLAIN + "&type=none");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body()).isEqualTo("unknown bucket type\n");
  }

  @Test
  void itCanOnlyBeRead() throws Exception {
    assertThat(connect().send(put(EXPLAIN, "", "")).reply().status()).isEqualTo(405);
  }

  @Test
  void aNodeThatIsNoMemberYetExplainsNothing() throws Exception {
    node.ready(false);
    Reply refused = ask(EXPLAIN);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
  }
}
