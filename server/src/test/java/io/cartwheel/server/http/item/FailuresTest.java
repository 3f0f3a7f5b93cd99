package io.cartwheel.server.http.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.message.Failure;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void aShortageOfOwnersIsToldFromOneOfReplicas() {
    assertThat(Failures.problem(new Failure.Unavailable(2, 1, false)).message())
        .isEqualTo("unavailable: 2 replicas needed, got 1; nothing was done");
    assertThat(Failures.problem(new Failure.Unavailable(2, 1, false, true)).message())
        .isEqualTo("unavailable: 2 owners' answers needed, got 1; nothing was done");
  }
}
