package io.cartwheel.core.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/**
 * One server that does one thing after the other, and callers who go by what {@code isFull} says.
 */
class UnderWayTest {
  private static final long MILLIS = 1_000_000L;
  private static final long SECONDS = 1_000 * MILLIS;
  private static final long DELAY = 500 * MILLIS;

  private final UnderWay underWay = new UnderWay();
  private final Queue<Long> queue = new ArrayDeque<>();
  private long now = 7 * SECONDS;
  private double owedWork;
  private long done;
  private long longestNanos;

  @Test
  void letsInAllThatCanBeDone() {
    assertThat(offer(900, 1_000, 10 * SECONDS)).isZero();
  }

  @Test
  void keepsTheDelayBearableAndTheThroughputWholeAtFiveTimesTheCapacity() {
    offer(900, 1_000, 5 * SECONDS);
    done = 0;
    longestNanos = 0;
    offer(5_000, 1_000, 10 * SECONDS);
    assertThat(done).isGreaterThan(9_900);
    assertThat(longestNanos).isLessThan(1_200 * MILLIS);
    assertThat(underWay.count()).isLessThan(700);
  }

  @Test
  void isNotFullAnyMoreOnceTheLoadIsBearableAgain() {
    offer(5_000, 1_000, 10 * SECONDS);
    offer(500, 1_000, SECONDS);
    longestNanos = 0;
    assertThat(offer(500, 1_000, 5 * SECONDS)).isZero();
    assertThat(longestNanos).isLessThan(10 * MILLIS);
  }

  @Test
  void findsItsThroughputAgainAfterALullWithoutRefusingWhatCanBeDone() {
    offer(900, 1_000, 3 * SECONDS);
    offer(1, 1_000, 60 * SECONDS);
    assertThat(offer(9_000, 10_000, 5 * SECONDS)).isZero();
  }

  @Test
  void aBurstFromALullIsNoOverload() {
    now += 60 * SECONDS;
    for (int i = 0; i < UnderWay.BURST; i++) {
      assertThat(underWay.isFull(DELAY, now)).isFalse();
      begin();
    }
    assertThat(underWay.isFull(DELAY, now)).isTrue();
  }

  @Test
  void isFullWhenNothingEndsForAWhile() {
    for (int i = 0; i < UnderWay.FLOOR; i++) {
      begin();
    }
    now += 50 * MILLIS;
    assertThat(underWay.isFull(DELAY, now)).isFalse();
    now += 51 * MILLIS;
    assertThat(underWay.isFull(DELAY, now)).isTrue();
    underWay.dropped();
    assertThat(underWay.isFull(DELAY, now)).isFalse();
  }

  @Test
  void takesMoreWhenALongerDelayIsBearable() {
    offer(5_000, 1_000, 5 * SECONDS);
    while (!underWay.isFull(DELAY, now)) {
      begin();
    }
    assertThat(underWay.isFull(2 * DELAY, now)).isFalse();
    assertThat(underWay.isFull(DELAY / 2, now)).isTrue();
  }

  @Test
  void followsAServerThatBecomesSlow() {
    offer(900, 1_000, 5 * SECONDS);
    offer(900, 100, 10 * SECONDS);
    longestNanos = 0;
    offer(900, 100, 10 * SECONDS);
    assertThat(longestNanos).isLessThan(1_200 * MILLIS);
  }

  /**
   * Offers so much a second to a server that does so much a second; answers how much was refused.
   */
  private long offer(int perSecond, int capacity, long forNanos) {
    long refused = 0;
    double due = 0;
    for (long end = now + forNanos; now < end; now += MILLIS) {
      owedWork = queue.isEmpty() ? 0 : owedWork + capacity / 1_000.0;
      for (; owedWork >= 1 && !queue.isEmpty(); owedWork--) {
        end();
      }
      for (due += perSecond / 1_000.0; due >= 1; due--) {
        if (underWay.isFull(DELAY, now)) {
          refused++;
        } else {
          begin();
        }
      }
    }
    return refused;
  }

  private void begin() {
    underWay.began(now);
    queue.add(now);
  }

  private void end() {
    long began = queue.remove();
    underWay.done(began, now);
    longestNanos = Math.max(longestNanos, now - began);
    done++;
  }
}
