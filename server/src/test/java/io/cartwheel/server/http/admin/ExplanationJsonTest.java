package io.cartwheel.server.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.Explanation.Answer;
import io.cartwheel.core.message.Explanation.Cause;
import io.cartwheel.core.message.Explanation.Statement;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.message.KeyReport.Debt;
import io.cartwheel.core.message.KeyReport.Segment;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.server.http.item.Vtag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What members say of a key, as JSON: two owners, and two members that may stand in. */
final class ExplanationJsonTest {
  private static final List<MemberId> MEMBERS =
      List.of(new MemberId(1), new MemberId(2), new MemberId(3), new MemberId(4));
  private static final VersionSet TOMBSTONE =
      VersionSet.EMPTY.update(
          VersionVector.EMPTY,
          new Sibling(
              new Dot(new Epoch(0xAB, 5), 7), Content.tombstone(1_700_000_000_456L, Bytes.EMPTY)));

  private static String json(Answer... answers) {
    var statements = new ArrayList<Statement>();
    for (int i = 0; i < answers.length; i++) {
      statements.add(new Statement(MEMBERS.get(i), Health.values()[i % 3], answers[i]));
    }
    var explanation = new Explanation(new PreferenceList(0, 1, 2, MEMBERS), statements);
    return io.cartwheel.server.http.message.Answer.json(
            200, new ExplanationJson(id -> "n" + id.value()).of(explanation))
        .body()
        .getFirst()
        .toUtf8();
  }

  private static Answer held(Optional<Debt> debt, long lossMark, Optional<Epoch> epoch) {
    return new Answer.Reported(
        new KeyReport(false, Copy.Held.of(TOMBSTONE, lossMark, epoch), debt));
  }

  private static String tombstone() {
    Sibling sibling = TOMBSTONE.siblings().getFirst();
    return "\"copy\":\"held\",\"hash\":\""
        + TOMBSTONE.hash()
        + "\",\"clock\":[\"00000000000000ab.5:7\"],\"versions\":[{\"vtag\":\""
        + Vtag.of(sibling.dot())
        + "\",\"dot\":\"00000000000000ab.5:7\",\"tombstone\":true,\"hash\":\""
        + sibling.content().encoded().hash()
        + "\",\"bytes\":0,\"written\":\"2023-11-14T22:13:20.456Z\"}]";
  }

  @Test
  void eachMemberIsToldWithItsPlaceAndWhatItSaid() {
    var debt = new Debt(List.of(new MemberId(2)), Optional.of(1_700_000_000_000L));
    String json =
        json(
            held(Optional.empty(), 9, Optional.of(new Epoch(0xAB, 5))),
            new Answer.Missing(Cause.TIMED_OUT),
            held(Optional.of(debt), 0, Optional.empty()),
            new Answer.Reported(new KeyReport(true, new Copy.Absent(), Optional.empty())));

    assertThat(json)
        .isEqualTo(
            "{\"conflicts\":{\"in_agreement\":true,\"differing\":[],\"missing\":[\"n2\"]},"
                + "\"members\":["
                + "{\"member\":\"n1\",\"id\":\"0000000000000001\",\"primary\":true,"
                + "\"health\":\"healthy\",\"answer\":\"reported\",\"report\":{\"recovering\":false,"
                + tombstone()
                + ",\"loss_marked\":true,\"epoch\":\"00000000000000ab.5\"}},"
                + "{\"member\":\"n2\",\"id\":\"0000000000000002\",\"primary\":true,"
                + "\"health\":\"untried\",\"answer\":\"timed_out\"},"
                + "{\"member\":\"n3\",\"id\":\"0000000000000003\",\"primary\":false,"
                + "\"health\":\"suspect\",\"answer\":\"reported\",\"report\":{\"recovering\":false,"
                + tombstone()
                + ",\"loss_marked\":false,"
                + "\"owed\":{\"owners\":[\"n2\"],\"since\":\"2023-11-14T22:13:20Z\"}}},"
                + "{\"member\":\"n4\",\"id\":\"0000000000000004\",\"primary\":false,"
                + "\"health\":\"healthy\",\"answer\":\"reported\",\"report\":{\"recovering\":true,"
                + "\"copy\":\"absent\"}}]}");
  }

  @Test
  void whoDiffersIsNamedAndADebtOfUnknownAgeHasNone() {
    var debt = new Debt(List.of(new MemberId(1)), Optional.empty());
    String json =
        json(
            held(Optional.empty(), 0, Optional.empty()),
            new Answer.Reported(new KeyReport(false, new Copy.Damaged(), Optional.of(debt))));

    assertThat(json)
        .contains("{\"in_agreement\":false,\"differing\":[\"n2\"],\"missing\":[]}")
        .contains(
            "\"report\":{\"recovering\":false,\"copy\":\"damaged\",\"owed\":{\"owners\":[\"n1\"]}}");
  }

  @Test
  void treesAndExpiriesAreTold() {
    var tree = new TreeId(5, 3);
    var expiring = Content.value(Bytes.EMPTY, Description.NONE, 0, Bytes.EMPTY).expiringAt(1_000);
    VersionSet state =
        VersionSet.EMPTY.update(
            VersionVector.EMPTY, new Sibling(new Dot(new Epoch(1, 1), 1), expiring));
    String json =
        json(
            new Answer.Reported(
                new KeyReport(
                    false,
                    Copy.Held.of(state, 0, Optional.empty()),
                    Optional.empty(),
                    Optional.of(new Segment(tree, 517, Optional.of(new Hash128(1, 2)))))),
            new Answer.Reported(
                new KeyReport(
                    false,
                    new Copy.Absent(),
                    Optional.empty(),
                    Optional.of(new Segment(tree, 517, Optional.empty())))));

    assertThat(json)
        .contains("\"written\":\"1970-01-01T00:00:00Z\",\"expires\":\"1970-01-01T00:00:01Z\"")
        .contains(
            "\"tree\":{\"partition\":5,\"owners\":3,\"segment\":517,\"vouched_for\":true,"
                + "\"leaf\":\""
                + new Hash128(1, 2)
                + "\"}")
        .contains("\"segment\":517,\"vouched_for\":false}");
  }

  @Test
  void whereNobodyAnswersNothingIsInAgreement() {
    assertThat(json(new Answer.Missing(Cause.OVERLOADED), new Answer.Missing(Cause.FAILED)))
        .contains("\"in_agreement\":false", "\"answer\":\"overloaded\"", "\"answer\":\"failed\"");
  }
}
