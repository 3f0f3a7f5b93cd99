package io.cartwheel.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.membership.FailureDetector.Opinion;
import io.cartwheel.core.replica.HintLedger.Debt;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.http.RawClient.Reply;
import io.cartwheel.server.node.DeletesKept;
import io.cartwheel.server.node.HintsKept;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the administration tells of a node's health, and changes of its log. */
final class AdminTest extends HttpServerFixture {
  private static final Logger OURS =
      (Logger) LoggerFactory.getLogger("cartwheel.test.of.administration");

  @AfterEach
  void forget() {
    OURS.setLevel(null);
  }

  @Test
  void aHealthyNodeSaysSoAndWhatItKnows() throws Exception {
    Reply health = health();
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.body())
        .startsWith("{\"healthy\":true,\"problems\":[],\"node\":\"n1\"")
        .contains("\"storage\":{\"engine\":\"rocksdb\",\"state\":\"ok\"}")
        .contains("\"connections\":1,\"requests\":1,")
        .containsPattern("\"members\":\\[\\{\"id\":\"[0-9a-f]+\",\"name\":\"n1\",\"state\":\"conn")
        .containsPattern("\"heap_used_bytes\":[1-9][0-9]+,\"heap_max_bytes\":[1-9]")
        .containsPattern("\"uptime_seconds\":[0-9]+,\"version\":\"0[.]")
        .contains("\"java\":\"" + Runtime.version() + "\"");
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    node.ready(false);
    node.storeTrouble("the disk is full");
    assertThat(health().body())
        .startsWith("{\"healthy\":false")
        .contains("not ready: ", "writes are refused: the disk is full")
        .contains("\"state\":\"refusing_writes\",\"reason\":\"the disk is full\"");
  }

  @Test
  void suspectsAndSlowNodesAreNamed() throws Exception {
    node.selfSlow();
    node.other("n2", true, new Opinion(Health.SUSPECT, 12.34, false));
    node.other("n3", false, new Opinion(Health.SUSPECT, 0, false));
    node.other("n4", true, new Opinion(Health.HEALTHY, 0.2, true));
    assertThat(health().body())
        .contains("\"this node finds itself slow: ")
        .contains("\"member n2 is suspected (phi 12.3)\"", "\"no connection to member n3\"")
        .contains("\"member n4 finds itself slow\"")
        .doesNotContain("n3 is suspected")
        .contains(
            "\"name\":\"n2\",\"state\":\"connected\",\"health\":\"suspect\",\"phi\":12.3,\"slow\":false");
  }

  @Test
  void hintsAreNoProblemUntilTheirQuotaIsUsedUp() throws Exception {
    node.other("n2", true, new Opinion(Health.HEALTHY, 0, false));
    node.hints(kept(false));
    assertThat(health().body())
        .startsWith("{\"healthy\":true,\"problems\":[]")
        .contains("\"hints\":{\"total\":3,\"bytes\":300,\"quota_bytes\":1000,\"owners\":[{");
    node.hints(kept(true));
    assertThat(health().body()).startsWith("{\"healthy\":false,\"problems\":[\"hints: the quota");
  }

  @Test
  void deletesThatWaitAreToldWithThoseWhoHoldThemUp() throws Exception {
    node.other("n2", true, new Opinion(Health.HEALTHY, 0, false));
    node.deletes(new DeletesKept(7, new TreeSet<>(List.of(new MemberId(2))), 12));
    assertThat(health().body())
        .contains("\"deletes\":{\"waiting\":7,\"held_up_by\":[\"n2\"],\"barrier\":12}");
  }

  @Test
  void hintsAreListedByTheNamesOfTheirOwners() throws Exception {
    node.other("n2", true, new Opinion(Health.HEALTHY, 0, false));
    assertThat(connect().send(get("/admin/v1/hints")).reply().body())
        .isEqualTo("{\"total\":0,\"hints\":[]}");
    node.hints(kept(false));
    assertThat(connect().send(get("/admin/v1/hints")).reply().body())
        .matches(
            "[{]\"total\":3,\"hints\":\\[[{]\"owner\":\"n2\",\"count\":2,\"bytes\":200,\"oldest_s\":4[0-9][}],"
                + "[{]\"owner\":\"0+ff\",\"count\":1,\"bytes\":100,\"oldest_s\":0[}]\\][}]");
  }

  @Test
  void hintsAreHandedOverWhenThatIsSaid() throws Exception {
    Reply refused = connect().send(put("/admin/v1/hints", "", "")).reply();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("drain=true");
    assertThat(node.drains()).isZero();
    Reply asked = connect().send(put("/admin/v1/hints?drain=true", "", "")).reply();
    assertThat(asked.status()).isEqualTo(200);
    assertThat(asked.body()).isEqualTo("{\"total\":0,\"hints\":[]}");
    assertThat(node.drains()).isEqualTo(1);
  }

  private static HintsKept kept(boolean refusing) {
    long now = System.currentTimeMillis();
    var owed = new TreeMap<MemberId, Debt>();
    owed.put(new MemberId(2), new Debt(2, 200, now - 40_000));
    owed.put(new MemberId(0xff), new Debt(1, 100, now + 5_000));
    return new HintsKept(3, 300, 1000, refusing, owed);
  }

  @Test
  void healthCanOnlyBeRead() throws Exception {
    Reply refused = connect().send(put("/admin/v1/health", "", "")).reply();
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void aLevelIsShownAndChanged() throws Exception {
    RawClient client = connect();
    String path = "/admin/v1/log-level?logger=" + OURS.getName();
    OURS.setLevel(Level.INFO);
    assertThat(client.send(get(path)).reply().body())
        .isEqualTo("{\"levels\":{\"" + OURS.getName() + "\":\"info\"}}");
    Reply changed = client.send(put(path + "&level=DEBUG", "", "")).reply();
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body()).isEqualTo("{\"levels\":{\"" + OURS.getName() + "\":\"debug\"}}");
    assertThat(OURS.isDebugEnabled()).isTrue();
    assertThat(OURS.isTraceEnabled()).isFalse();
  }

  @Test
  void allLevelsAreOurOwnAndRoots() throws Exception {
    String all = connect().send(get("/admin/v1/log-level")).reply().body();
    assertThat(all).contains("\"root\":\"", "\"io.cartwheel.server\":\"", OURS.getName());
    assertThat(all).doesNotContain("netty");
  }

  @Test
  void anUnknownLoggerOrLevelIsRefusedWithTheChoices() throws Exception {
    RawClient client = connect();
    for (String logger : new String[] {"io.netty", "cartwheel.none", ""}) {
      Reply refused =
          client.send(put("/admin/v1/log-level?level=debug&logger=" + logger, "", "")).reply();
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body()).contains("unknown logger; there are: ", OURS.getName(), "root");
    }
    String path = "/admin/v1/log-level?logger=root&level=loud";
    Reply refused = client.send(put(path, "", "Accept: application/json\r\n")).reply();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("\"choices\":[\"error\",\"warn\",\"info\",\"debug\",\"trace\"]");
  }

  @Test
  void otherMethodsChangeNothing() throws Exception {
    Reply refused =
        connect().send(put("/admin/v1/log-level", "", "").replace("PUT", "POST")).reply();
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo("GET, HEAD, PUT");
  }

  private Reply health() throws Exception {
    return connect().send(get("/admin/v1/health")).reply();
  }
}
