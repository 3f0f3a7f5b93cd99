package io.cartwheel.server.http.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.server.http.LocalNode;
import io.cartwheel.server.http.item.ItemClient.Seen;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that expire, as HTTP shows them. */
final class ExpiryTest {
  private static final String ALICE = "/buckets/carts/keys/alice";
  private static final String TTL = "X-Cartwheel-TTL";

  /** A value of a minute that was just written has so many seconds left. */
  private static final String A_MINUTE = "60|59|5[0-8]";

  private LocalNode node;
  private ItemClient client;

  @BeforeEach
  void start() throws Exception {
    node =
        new LocalNode(
            new TreeMap<>(
                Map.of(
                    "bucket_types.brief.ttl", "1m",
                    "bucket_types.last.allow_mult", "false")));
    client = new ItemClient(node);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aReadTellsWhatIsLeftAndThenThatNothingIsThere() throws Exception {
    assertThat(client.put(ALICE, "v", TTL, "60").status()).isEqualTo(204);
    assertThat(client.get(ALICE).header(TTL)).matches(A_MINUTE);
    assertThat(client.ask("HEAD", ALICE, "").header(TTL)).matches(A_MINUTE);

    node.ahead(Duration.ofSeconds(61));

    Seen gone = client.get(ALICE);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.header(TTL)).isEmpty();
    assertThat(gone.header("X-Riak-Deleted")).as("nobody deleted it").isEmpty();
    assertThat(gone.context()).as("to write over it").isNotEmpty();
    assertThat(client.ask("HEAD", ALICE, "").status()).isEqualTo(404);
    assertThat(client.ask("DELETE", ALICE, "").status()).isEqualTo(404);
  }

  @Test
  void aValueWithoutATimeToLiveTellsNone() throws Exception {
    client.put(ALICE, "v");
    assertThat(client.get(ALICE).header(TTL)).isEmpty();
    node.ahead(Duration.ofDays(365));
    assertThat(client.get(ALICE).status()).isEqualTo(200);
  }

  @Test
  void aWriteOverTheContextOfAnExpiredValueLeavesOne() throws Exception {
    client.put(ALICE, "old", TTL, "60");
    node.ahead(Duration.ofMinutes(2));
    String context = client.get(ALICE).context();
    client.put(ALICE, "new", "X-Riak-Vclock", context);

    node.ahead(Duration.ZERO);
    assertThat(client.get(ALICE).body()).isEqualTo("new");
  }

  @Test
  void eachSiblingTellsWhatIsLeftOfItAndAnExpiredOneIsNotShown() throws Exception {
    client.put(ALICE, "lasting");
    client.put(ALICE, "brief", TTL, "60");
    client.put(ALICE, "briefer", TTL, "30");
    assertThat(client.get(ALICE).header(TTL)).as("of three").isEmpty();
    String parts = client.get(ALICE, "Accept", "multipart/mixed").body();
    assertThat(parts.split("(?i)x-cartwheel-ttl: ", -1)).hasSize(3);
    assertThat(client.get(ALICE, "Accept", "application/json").body())
        .containsPattern("\"ttl\":(" + A_MINUTE + "),\"value\":\"YnJpZWY=\"")
        .containsPattern("\"ttl\":(30|2[0-9]),")
        .doesNotContainPattern("\"ttl\":[0-9]+,\"value\":\"bGFzdGluZw==\"");
    String tag = client.get(ALICE).header("ETag");

    node.ahead(Duration.ofSeconds(45));

    Seen two = client.get(ALICE, "Accept", "application/json");
    assertThat(two.status()).isEqualTo(300);
    assertThat(two.body()).contains("\"tombstones\":0").doesNotContain("YnJpZWZlcg==");
    assertThat(two.header("ETag")).isNotEqualTo(tag);
    node.ahead(Duration.ofSeconds(75));
    Seen one = client.get(ALICE);
    assertThat(one.status()).isEqualTo(200);
    assertThat(one.body()).isEqualTo("lasting");
  }

  @Test
  void anExpiredSiblingIsNoVersionToAskFor() throws Exception {
    client.put(ALICE, "lasting");
    client.put(ALICE, "brief", TTL, "60");
    for (String tag : client.get(ALICE).body().lines().skip(1).toList()) {
      assertThat(client.get(ALICE + "?vtag=" + tag).status()).isEqualTo(200);
    }
    var tags = client.get(ALICE).body().lines().skip(1).toList();
    node.ahead(Duration.ofMinutes(2));

    assertThat(tags)
        .extracting(tag -> client.get(ALICE + "?vtag=" + tag).status())
        .containsExactlyInAnyOrder(200, 404);
  }

  @Test
  void preconditionsTakeAnExpiredValueForAbsent() throws Exception {
    client.put(ALICE, "v", TTL, "60");
    String tag = client.get(ALICE).header("ETag");
    Seen unchanged = client.get(ALICE, "If-None-Match", tag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header(TTL)).matches(A_MINUTE);
    assertThat(client.put(ALICE, "w", "If-None-Match", "*").status()).isEqualTo(412);
    String context = client.get(ALICE).context();

    node.ahead(Duration.ofMinutes(2));

    assertThat(client.put(ALICE, "w", "If-Match", tag).status()).isEqualTo(412);
    assertThat(client.put(ALICE, "w", "X-Riak-If-Not-Modified", context).status()).isEqualTo(409);
    assertThat(client.put(ALICE, "w", "If-None-Match", "*").status()).isEqualTo(204);
  }

  @Test
  void aBodyThatIsReturnedTellsWhatIsLeft() throws Exception {
    Seen returned = client.put(ALICE + "?returnbody=true", "v", TTL, "60");
    assertThat(returned.status()).isEqualTo(200);
    assertThat(returned.header(TTL)).matches(A_MINUTE);

    node.ahead(Duration.ofMinutes(2));
    Seen next = client.put(ALICE + "?returnbody=true", "w");
    assertThat(next.status()).as("the other one is not shown").isEqualTo(200);
    assertThat(next.body()).isEqualTo("w");
    assertThat(next.context()).isNotEmpty();
  }

  @Test
  void anExpiredWinnerIsAbsentRatherThanReplacedByWhatItWonOver() throws Exception {
    client.put("/types/last" + ALICE, "old");
    client.put("/types/last" + ALICE, "new", TTL, "60");
    node.ahead(Duration.ofMinutes(2));
    assertThat(client.get("/types/last" + ALICE).status()).isEqualTo(404);
  }

  @Test
  void aTypesTimeToLiveIsForWritesThatSayNone() throws Exception {
    client.put("/types/brief" + ALICE, "v");
    assertThat(client.get("/types/brief" + ALICE).header(TTL)).matches(A_MINUTE);
    client.put("/types/brief/buckets/carts/keys/bob", "v", TTL, "3000");
    assertThat(client.get("/types/brief/buckets/carts/keys/bob").header(TTL))
        .matches("3000|29[0-9]{2}");
    assertThat(client.ask("DELETE", "/types/brief" + ALICE, "").status()).isEqualTo(204);
    node.ahead(Duration.ofMinutes(2));
    assertThat(client.get("/types/brief" + ALICE).header("X-Riak-Deleted")).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "60s",
        "",
        "x",
        "3153600001",
        "9223372036854775808",
        "99999999999999999999999999",
        "\u0661"
      })
  void aTimeToLiveThatIsNoneIsRefused(String wrong) throws Exception {
    Seen refused = client.put(ALICE, "v", TTL, wrong);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .isEqualTo("X-Cartwheel-TTL must be a whole number of seconds from 1 to 3153600000\n");
    assertThat(client.get(ALICE).status()).isEqualTo(404);
  }

  @Test
  void theLongestTimeToLiveIsTaken() throws Exception {
    assertThat(client.put(ALICE, "v", TTL, "3153600000").status()).isEqualTo(204);
    assertThat(client.get(ALICE).header(TTL)).matches("3153600000|31535999[0-9]{2}");
  }

  @Test
  void aTimeToLiveComesOnceAndWithAWriteOnly() throws Exception {
    assertThat(client.put(ALICE, "v", TTL, "1", TTL, "2").status()).isEqualTo(400);
    assertThat(client.get(ALICE, TTL, "1").body()).contains("only PUT and POST take it");
    assertThat(client.ask("DELETE", ALICE, "", TTL, "1").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"1000, 0, 1", "1001, 0, 2", "1, 0, 1", "0, 0, 0", "0, 5000, 0", "60000, 59001, 1"})
  void whatIsLeftIsRoundedUp(long expires, long now, long left) {
    assertThat(TimeToLive.secondsLeft(expires, now)).isEqualTo(left);
  }
}
