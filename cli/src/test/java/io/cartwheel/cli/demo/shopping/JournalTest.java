package io.cartwheel.cli.demo.shopping;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.demo.shopping.Journal.Attempt;
import io.cartwheel.cli.demo.shopping.Journal.Verdict;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Cart EMPTY = new Cart("", new TreeMap<>(), new TreeSet<>());
  private static final Cart FIRST = EMPTY.named("1").with("a", "book");
  private static final Cart SECOND = FIRST.named("2").with("b", "pen");
  private static final Cart THIRD = SECOND.named("3").without("a");

  private final Journal journal = new Journal("alice-1");

  private void acknowledged(String id, List<String> covered, String tag, boolean adds) {
    journal.trying(new Attempt(id, covered, tag, adds));
    journal.acknowledged(id);
  }

  @Test
  void allIsWellWhenEachWriteIsThereOrCovered() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    acknowledged("3", List.of("2"), "a", false);
    assertThat(journal.audit(List.of(THIRD)).isClean()).isTrue();
  }

  @Test
  void anAcknowledgedWriteThatIsNeitherThereNorCoveredIsLost() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    assertThat(journal.audit(List.of(FIRST)).lost()).isEqualTo(1);
    assertThat(journal.audit(List.of()).lost()).isEqualTo(1);
  }

  @Test
  void aCoveredWriteThatShowsAgainIsResurrected() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    assertThat(journal.audit(List.of(FIRST, SECOND))).isEqualTo(new Verdict(0, 1, 0, 0));
  }

  @Test
  void aThingThatAMergeForgotIsLostThoughItsVersionIsCovered() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    Cart forgetful = EMPTY.named("2").with("b", "pen");
    assertThat(journal.audit(List.of(forgetful))).isEqualTo(new Verdict(0, 0, 1, 0));
  }

  @Test
  void aRemovalThatAMergeForgotIsBack() {
    acknowledged("2", List.of(), "b", true);
    acknowledged("3", List.of("2"), "a", false);
    Cart forgetful = SECOND.named("3");
    assertThat(journal.audit(List.of(forgetful))).isEqualTo(new Verdict(0, 0, 0, 1));
  }

  @Test
  void aWriteThatNobodyAcknowledgedMayHaveHappenedOrNot() {
    acknowledged("1", List.of(), "a", true);
    journal.trying(new Attempt("2", List.of("1"), "b", true));
    assertThat(journal.audit(List.of(FIRST)).isClean()).isTrue();
    assertThat(journal.audit(List.of(SECOND)).isClean()).isTrue();
  }

  @Test
  void aWriteThatSomebodySawDidHappen() {
    acknowledged("1", List.of(), "a", true);
    journal.trying(new Attempt("2", List.of("1"), "b", true));
    journal.seen(List.of("2"));
    acknowledged("3", List.of("2"), "a", false);
    assertThat(journal.audit(List.of(THIRD)).isClean()).isTrue();
    assertThat(journal.audit(List.of(THIRD, FIRST)).resurrected()).isEqualTo(1);
  }
}
