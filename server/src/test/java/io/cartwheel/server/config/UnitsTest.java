package io.cartwheel.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnitsTest {
  @Test
  void timesHaveUnits() {
    assertThat(Units.duration("50ms")).contains(Duration.ofMillis(50));
    assertThat(Units.duration("2 h")).contains(Duration.ofHours(2));
    assertThat(Units.duration("0")).contains(Duration.ZERO);
  }

  @Test
  void sizesHaveUnitsOrAreBytes() {
    assertThat(Units.bytes("64MiB")).contains(64L << 20);
    assertThat(Units.bytes("1MB")).contains(1_000_000L);
    assertThat(Units.bytes("17")).contains(17L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "ms", "-1s", "1.5s", "5 parsecs", "999999999999999d", "1s1s"})
  void whatIsNoTimeIsNone(String text) {
    assertThat(Units.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5MiB", "1mib", "MiB", "999999999999999GiB"})
  void whatIsNoSizeIsNone(String text) {
    assertThat(Units.bytes(text)).isEmpty();
  }

  @Test
  void theyAreToldInTheLargestUnitThatFits() {
    assertThat(Units.text(Duration.ofMinutes(2))).isEqualTo("2m");
    assertThat(Units.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(Units.text(Duration.ZERO)).isEqualTo("0");
    assertThat(Units.text(8L << 20)).isEqualTo("8MiB");
    assertThat(Units.text(1000L)).isEqualTo("1kB");
    assertThat(Units.text(1001L)).isEqualTo("1001B");
  }
}
