package io.cartwheel.core.coordination;

import io.cartwheel.core.fixture.SeededCases;
import org.junit.jupiter.api.Test;

class TurmoilTest {
  @Test
  void whateverHappensEachClientHearsOnceByItsDeadlineAndNothingIsLeft() {
    SeededCases.forEach(10_000, random -> new Turmoil(random).run());
  }
}
