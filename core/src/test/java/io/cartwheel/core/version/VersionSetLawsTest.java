package io.cartwheel.core.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.SeededCases;
import java.util.ArrayList;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

/** Laws of version sets that hold for any states, also for those that no sound cluster reaches. */
class VersionSetLawsTest {
  private static final int CASES = 30_000;

  @Test
  void mergeIsAssociativeCommutativeAndIdempotent() {
    SeededCases.forEach(
        CASES,
        random -> checkMergeLaws(Drawn.state(random), Drawn.state(random), Drawn.state(random)));
  }

  static void checkMergeLaws(VersionSet a, VersionSet b, VersionSet c) {
    assertEquals(b.merge(a), a.merge(b));
    assertEquals(b.merge(a).encoded(), a.merge(b).encoded());
    assertEquals(a.merge(b.merge(c)), a.merge(b).merge(c));
    assertEquals(a, a.merge(a));
    assertEquals(a.merge(b), a.merge(b).merge(b));
  }

  @Test
  void aMergeCoversWhatEitherCoversAndInventsNothing() {
    SeededCases.forEach(
        CASES,
        random -> {
          VersionSet a = Drawn.state(random);
          VersionSet b = Drawn.state(random);
          VersionSet merged = a.merge(b);
          assertEquals(a.clock().join(b.clock()), merged.clock());
          for (Sibling live : merged.siblings()) {
            assertTrue(a.siblings().contains(live) || b.siblings().contains(live));
          }
        });
  }

  @Test
  void aWriteSupersedesExactlyWhatItsContextCovers() {
    SeededCases.forEach(
        CASES,
        random -> {
          VersionSet before = Drawn.state(random);
          VersionVector seen = Drawn.vector(random);
          var written = new Sibling(new Dot(new Epoch(77, 1), 1), Drawn.content(random));
          VersionSet after = before.update(seen, written);
          var expected = new ArrayList<>(before.siblings());
          expected.removeIf(live -> seen.covers(live.dot()));
          expected.add(written);
          expected.sort(Comparator.naturalOrder());
          assertEquals(expected, after.siblings());
          assertEquals(before.clock().join(seen).with(written.dot()), after.clock());
        });
  }

  @Test
  void statesAreEqualExactlyWhenTheirEncodingsAre() {
    SeededCases.forEach(
        CASES,
        random -> {
          VersionSet a = Drawn.state(random);
          VersionSet b = random.nextBoolean() ? a.merge(Drawn.state(random)) : Drawn.state(random);
          assertEquals(a.encoded().equals(b.encoded()), a.equals(b));
          assertEquals(a.hash().equals(b.hash()), a.equals(b));
        });
  }

  @Test
  void whatIsDecodedIsWhatWasEncoded() {
    SeededCases.forEach(
        CASES,
        random -> {
          VersionSet state = Drawn.state(random);
          VersionSet decoded = VersionSet.decode(state.encoded());
          assertEquals(state, decoded);
          assertEquals(state.hashCode(), decoded.hashCode());
          var again = new VersionSet(decoded.clock(), decoded.siblings(), null);
          assertEquals(state.encoded(), again.encoded());
        });
  }
}
