package io.cartwheel.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.server.config.ConfigException;
import io.cartwheel.server.config.ConfigLoader;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** States travel whole: whatever may pile up under the configuration must fit into a frame. */
final class FrameLimitTest {
  private static int frameBytes(Map<String, String> settings) throws ConfigException {
    return PeerSettings.limits(ConfigLoader.load(Optional.empty(), Map.of(), settings))
        .frameBytes();
  }

  @Test
  void theUsualLimitHoldsTheUsualSets() throws ConfigException {
    assertThat(frameBytes(Map.of())).isEqualTo(64 << 20);
  }

  @Test
  void itGrowsWithWhatAKeyMayHold() throws ConfigException {
    assertThat(frameBytes(Map.of("limits.max_set", "40MiB"))).isEqualTo(3 * (41 << 20));
    assertThat(frameBytes(Map.of("limits.max_set", "40MiB", "limits.max_value", "2MiB")))
        .isEqualTo(3 * (42 << 20));
  }

  @Test
  void itNeverExceedsAGibibyte() throws ConfigException {
    assertThat(frameBytes(Map.of("limits.max_set", "128MiB", "bucket_types.big.n", "32")))
        .isEqualTo(1 << 30);
  }
}
