package io.cartwheel.cli.demo.shopping;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.demo.shopping.Journal.Attempt;
import io.cartwheel.cli.demo.shopping.Journal.Verdict;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Cart EMPTY = new Cart("", new TreeMap<>(), new TreeSet<>());
  private static final Cart FIRST = EMPTY.named("1").with("a", "book");
  private static final Cart SECOND = FIRST.named("2").with("b", "pen");
  private static final Cart THIRD = SECOND.named("3").without("a");

  private final Journal journal = new Journal("alice-1");

  private void acknowledged(String id, List<String> covered, String tag, boolean adds) {
    journal.trying(attempt(id, covered, tag, adds));
    journal.acknowledged(id);
  }

  private static Attempt attempt(String id, List<String> covered, String tag, boolean adds) {
    return new Attempt(
        id, covered.stream().map(c -> new Stored.Name(c, "t" + c)).toList(), tag, adds);
  }

  private Verdict audit(Cart... last) {
    return journal.audit(stored(last));
  }

  private static List<Stored> stored(Cart... carts) {
    return Stream.of(carts).map(cart -> new Stored(cart, "t" + cart.id())).toList();
  }

  @Test
  void allIsWellWhenEachWriteIsThereOrCovered() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    acknowledged("3", List.of("2"), "a", false);
    assertThat(audit(THIRD).isClean()).isTrue();
  }

  @Test
  void anAcknowledgedWriteThatIsNeitherThereNorCoveredIsLost() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    assertThat(audit(FIRST).lost()).isEqualTo(1);
    assertThat(audit().lost()).isEqualTo(1);
  }

  @Test
  void aCoveredWriteThatShowsAgainIsResurrected() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    assertThat(audit(FIRST, SECOND)).isEqualTo(new Verdict(0, 1, 0, 0));
  }

  @Test
  void theSecondCopyOfAWriteThatWasTriedTwiceIsNoResurrection() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    List<Stored> last = List.of(new Stored(FIRST, "another"), new Stored(SECOND, "t2"));
    assertThat(journal.audit(last).isClean()).isTrue();
  }

  @Test
  void aThingThatAMergeForgotIsLostThoughItsVersionIsCovered() {
    acknowledged("1", List.of(), "a", true);
    acknowledged("2", List.of("1"), "b", true);
    Cart forgetful = EMPTY.named("2").with("b", "pen");
    assertThat(audit(forgetful)).isEqualTo(new Verdict(0, 0, 1, 0));
  }

  @Test
  void aRemovalThatAMergeForgotIsBack() {
    acknowledged("2", List.of(), "b", true);
    acknowledged("3", List.of("2"), "a", false);
    Cart forgetful = SECOND.named("3");
    assertThat(audit(forgetful)).isEqualTo(new Verdict(0, 0, 0, 1));
  }

  @Test
  void aWriteThatNobodyAcknowledgedMayHaveHappenedOrNot() {
    acknowledged("1", List.of(), "a", true);
    journal.trying(attempt("2", List.of("1"), "b", true));
    assertThat(audit(FIRST).isClean()).isTrue();
    assertThat(audit(SECOND).isClean()).isTrue();
  }

  @Test
  void aWriteThatSomebodySawDidHappen() {
    acknowledged("1", List.of(), "a", true);
    journal.trying(attempt("2", List.of("1"), "b", true));
    journal.seen(stored(SECOND));
    acknowledged("3", List.of("2"), "a", false);
    assertThat(audit(THIRD).isClean()).isTrue();
    assertThat(audit(THIRD, FIRST).resurrected()).isEqualTo(1);
  }
}
