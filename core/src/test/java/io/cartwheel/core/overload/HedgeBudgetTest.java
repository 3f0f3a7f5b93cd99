package io.cartwheel.core.overload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HedgeBudgetTest {
  private final HedgeBudget budget = new HedgeBudget();

  @Test
  void allowsAFewAtOnceAndThenOneInTwenty() {
    assertThat(hedgesOf(1_000)).isBetween(50, 61);
    assertThat(hedgesOf(10_000)).isEqualTo(500);
  }

  @Test
  void whatIsNotSpentIsNotSavedForEver() {
    for (int i = 0; i < 1_000_000; i++) {
      budget.earn();
    }
    int hedges = 0;
    while (budget.spend()) {
      hedges++;
    }
    assertThat(hedges).isEqualTo(50);
  }

  private int hedgesOf(int questions) {
    int hedges = 0;
    for (int i = 0; i < questions; i++) {
      budget.earn();
      hedges += budget.spend() ? 1 : 0;
    }
    return hedges;
  }
}
