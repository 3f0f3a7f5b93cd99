package io.cartwheel.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @Test
  void withoutARateARequestIsDueAtOnce() {
    Schedule schedule = Schedule.of(OptionalDouble.empty(), 3, 4, 0);
    assertThat(schedule.next(17)).isEqualTo(17);
    assertThat(schedule.next(18)).isEqualTo(18);
    assertThat(schedule.unsent(19)).isZero();
  }

  @Test
  void withARateRequestsAreDueAtTheirTimesHoweverLateItIs() {
    Schedule schedule = Schedule.of(OptionalDouble.of(10), 0, 1, 5);
    assertThat(schedule.next(0)).isEqualTo(5);
    assertThat(schedule.next(3 * SECOND)).isEqualTo(5 + SECOND / 10);
    assertThat(schedule.next(3 * SECOND)).isEqualTo(5 + 2 * SECOND / 10);
  }

  @Test
  void theThreadsRequestsAreEvenlySpacedTogether() {
    LongStream due =
        IntStream.range(0, 4).mapToLong(i -> Schedule.of(OptionalDouble.of(100), i, 4, 0).next(0));
    assertThat(due).containsExactly(0L, SECOND / 100, 2 * SECOND / 100, 3 * SECOND / 100);
    Schedule second = Schedule.of(OptionalDouble.of(100), 1, 4, 0);
    second.next(0);
    assertThat(second.next(0)).isEqualTo(5 * SECOND / 100);
  }

  @Test
  void whatWasNotSentByTheEndIsKnown() {
    Schedule schedule = Schedule.of(OptionalDouble.of(10), 0, 1, 0);
    schedule.next(0);
    assertThat(schedule.unsent(SECOND)).isEqualTo(10);
    schedule.next(0);
    schedule.next(0);
    assertThat(schedule.unsent(SECOND)).isEqualTo(8);
  }
}
