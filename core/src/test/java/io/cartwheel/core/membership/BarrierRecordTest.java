package io.cartwheel.core.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.fixture.GoldenFile;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BarrierRecordTest {
  private static final BarrierRecord RECORD =
      new BarrierRecord(17, new TreeMap<>(Map.of(3, 12L, 200, 16L)));

  @Test
  void isEncodedAsItEverWas() throws MalformedException {
    assertThat(GoldenFile.hex(RECORD.encode())).isEqualTo(GoldenFile.hex(golden()));
    assertThat(BarrierRecord.decode(golden())).isEqualTo(RECORD);
  }

  private static Bytes golden() {
    return GoldenFile.read("barriers");
  }

  @Test
  void anyDamageIsMalformed() {
    byte[] sound = RECORD.encode().toArray();
    for (int bit = 0; bit < sound.length * Byte.SIZE; bit++) {
      byte[] damaged = sound.clone();
      damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThatThrownBy(() -> BarrierRecord.decode(Bytes.wrap(damaged)))
          .as("bit " + bit)
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void aCopyMayHoldWhatWasForgottenByProofsThatBeganAfterIt() {
    assertThat(RECORD.forgotSince(11)).containsExactly(3, 200);
    assertThat(RECORD.forgotSince(12)).containsExactly(200);
    assertThat(RECORD.forgotSince(16)).isEmpty();
  }

  @Test
  void aRecordThatIsLostMayHaveForgottenSomethingOfEveryPartition() throws MalformedException {
    BarrierRecord lost = BarrierRecord.unreadable();
    assertThat(lost.forgotSince(1_000_000)).hasSize(65_536);
    assertThat(BarrierRecord.decode(lost.encode())).isEqualTo(lost);
  }
}
