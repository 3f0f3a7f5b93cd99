package io.cartwheel.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FileLimitTest {
  @Test
  void noMoreConnectionsAreTakenThanThereAreFilesFor() {
    assertThat(FileLimit.connections(10_000, 16_384)).isEqualTo(10_000);
    assertThat(FileLimit.connections(10_000, 1_024)).isEqualTo(640);
    assertThat(FileLimit.connections(100, 1_024)).isEqualTo(100);
    assertThat(FileLimit.connections(10_000, 64)).isEqualTo(16);
    assertThat(FileLimit.connections(10_000, Long.MAX_VALUE)).isEqualTo(10_000);
  }

  @Test
  void theLimitOfThisProcessIsKnown() {
    assertThat(FileLimit.ofProcess()).isGreaterThan(100);
  }
}
