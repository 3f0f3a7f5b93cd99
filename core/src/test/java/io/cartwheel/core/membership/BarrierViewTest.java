package io.cartwheel.core.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.ring.MemberId;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BarrierViewTest {
  private static final int PARTITION = 7;
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);

  private static Standing at(long reached) {
    return at(reached, 0);
  }

  private static Standing at(long reached, long lastHeld) {
    var last = new TreeMap<>(Map.of(PARTITION, lastHeld));
    return new Standing(1, reached, reached, new Foreign(0, last));
  }

  private static BarrierView view(Standing self, Standing b, Standing c) {
    return new BarrierView(self, new TreeMap<>(Map.of(B, b, C, c)), 3);
  }

  @Test
  void theProofTakesThreeBarriersAfterTheConfirmation() {
    assertThat(view(at(12), at(12), at(12)).provenSince(PARTITION, 10)).isEmpty();
    assertThat(view(at(13), at(13), at(13)).provenSince(PARTITION, 10)).contains(12L);
  }

  @Test
  void oneMemberThatIsBehindHoldsItUp() {
    assertThat(view(at(13), at(13), at(12)).provenSince(PARTITION, 10)).isEmpty();
  }

  @Test
  void aMemberThatWasNeverHeardOfHoldsItUp() {
    var view = new BarrierView(at(13), new TreeMap<>(Map.of(B, at(13))), 3);
    assertThat(view.reachedByAll()).isZero();
    assertThat(view.provenSince(PARTITION, 10)).isEmpty();
  }

  @Test
  void whatWasHeldForOthersPutsItOff() {
    assertThat(view(at(13), at(13, 12), at(13)).provenSince(PARTITION, 10)).isEmpty();
    assertThat(view(at(14), at(14, 12), at(14)).provenSince(PARTITION, 10)).contains(13L);
    assertThat(view(at(13), at(13, 12), at(13)).provenSince(PARTITION + 1, 10)).contains(12L);
  }

  @Test
  void aMemberThatHasJustStartedMayHaveHeldAnything() {
    var fresh = new Standing(1, 13, 13, Foreign.unknownUntil(14));
    assertThat(view(at(13), at(13), fresh).provenSince(PARTITION, 10)).isEmpty();
    Foreign later = fresh.foreign().reached(14, Foreign.Held.NOTHING);
    var clean = new Standing(1, 16, 16, later.reached(15, Foreign.Held.NOTHING));
    assertThat(view(at(16), at(16), clean).provenSince(PARTITION, 10)).contains(15L);
  }
}
