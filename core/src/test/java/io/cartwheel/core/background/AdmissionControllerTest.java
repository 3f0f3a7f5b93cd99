package io.cartwheel.core.background;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.fixture.VirtualTime;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dynamo §6.5: background work has what clients' requests leave it. */
class AdmissionControllerTest {
  private static final long MILLI = 1_000_000;

  private final VirtualTime time = new VirtualTime();
  private final AdmissionController controller = new AdmissionController(time, time);
  private final Map<Work, Integer> begun = new EnumMap<>(Work.class);
  private final Map<Work, Long> pieceMillis = new EnumMap<>(Work.class);

  @BeforeEach
  void started() {
    controller.start();
  }

  /** From now on there is always more of this work to do; each piece takes so long. */
  private void keepBusy(Work work, long millis) {
    pieceMillis.put(work, millis);
    for (int i = 0; i < work.most(); i++) {
      admitAgain(work);
    }
  }

  private void admitAgain(Work work) {
    controller.admit(
        work,
        done -> {
          begun.merge(work, 1, Integer::sum);
          time.after(
              pieceMillis.getOrDefault(work, 5L) * MILLI,
              () -> {
                done.run();
                admitAgain(work);
              });
        });
  }

  /** A hundred requests a second, each of which takes so long. */
  private void requests(int seconds, long tookMillis) {
    requests(seconds, tookMillis, false);
  }

  private void requests(int seconds, long tookMillis, boolean fail) {
    for (int i = 0; i < 100 * seconds; i++) {
      long began = time.nanos();
      controller.foreground().began(began);
      time.after(
          tookMillis * MILLI, () -> controller.foreground().ended(began, time.nanos(), fail));
      time.pass(10);
    }
  }

  private int begunWithin(Work work, Runnable what) {
    int before = begunOf(work);
    what.run();
    return begunOf(work) - before;
  }

  private int begunOf(Work work) {
    return begun.getOrDefault(work, 0);
  }

  private AdmissionController.SliceReport of(Work work) {
    return controller.report().of(work);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void withoutRequestsEachGoesAtFullSpeed(Work work) {
    keepBusy(work, 5);

    assertThat(begunWithin(work, () -> time.pass(1_000)))
        .isBetween(198 * work.most(), 202 * work.most());
    assertThat(of(work).reason()).isEqualTo(Reason.IDLE);
    assertThat(of(work).waited()).isZero();
  }

  @Test
  void noMoreIsUnderWayThanIsOfUse() {
    for (int i = 0; i < 100; i++) {
      admitAgain(Work.EXCHANGE);
    }
    time.pass(1);

    assertThat(begun).containsEntry(Work.EXCHANGE, 16);
    assertThat(of(Work.EXCHANGE).waited()).isZero();
  }

  @Test
  void requestsThatTakeNoLongerThanInCalmTimesLeaveAllOfIt() {
    requests(10, 4);
    keepBusy(Work.EXCHANGE, 5);
    requests(10, 7);

    assertThat(controller.report().targetNanos()).isBetween(8 * MILLI, 10 * MILLI);
    assertThat(of(Work.EXCHANGE).share()).isEqualTo(1);
    assertThat(of(Work.EXCHANGE).reason()).isEqualTo(Reason.WITHIN_TARGET);
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void requestsThatSufferLeaveTheLeast(Work work) {
    requests(10, 4);
    keepBusy(work, 5);
    requests(5, 20);

    assertThat(of(work).share()).isEqualTo(Slice.LEAST);
    assertThat(of(work).reason()).isEqualTo(Reason.P99_OVER_TARGET);
    int atFullSpeed = 200 * work.most();
    assertThat(begunWithin(work, () -> requests(10, 20)))
        .isBetween(10 * atFullSpeed / 100, 10 * atFullSpeed / 10);
  }

  @Test
  void whatIsSoQuickAnywayNeedNotBeQuicker() {
    requests(10, 1);
    keepBusy(Work.EXCHANGE, 5);
    requests(5, 4);

    assertThat(of(Work.EXCHANGE).share()).isEqualTo(1);
  }

  @Test
  void itIsWonBackStepByStepOnceRequestsAreWellThoughTheMinuteWasBad() {
    requests(10, 4);
    keepBusy(Work.EXCHANGE, 5);
    requests(5, 20);
    requests(5, 4);
    assertThat(of(Work.EXCHANGE).share()).isBetween(0.4, 0.6);
    assertThat(controller.report().p99Nanos()).isGreaterThan(controller.report().targetNanos());
    requests(6, 4);

    assertThat(of(Work.EXCHANGE).share()).isEqualTo(1);
  }

  @Test
  void itIsWonBackInNoTimeOnceThereAreNoRequests() {
    requests(10, 4);
    keepBusy(Work.EXCHANGE, 5);
    requests(5, 20);
    time.pass(5_000 + 7 * 250);

    assertThat(of(Work.EXCHANGE).share()).isEqualTo(1);
    assertThat(of(Work.EXCHANGE).reason()).isEqualTo(Reason.IDLE);
  }

  @Test
  void refusalsAndMissedDeadlinesLeaveTheLeastThoughTheyTellOfNoTimes() {
    keepBusy(Work.EXCHANGE, 5);
    requests(3, 0, true);

    assertThat(of(Work.EXCHANGE).share()).isEqualTo(Slice.LEAST);
    assertThat(of(Work.EXCHANGE).reason()).isEqualTo(Reason.FAILURES);
    assertThat(controller.report().p99Nanos()).as("they are no answers").isZero();
  }

  @Test
  void workThatWaitsAtAnotherMemberMakesWayThereAndNoOtherDoes() {
    keepBusy(Work.WALKS, 5);
    keepBusy(Work.EXCHANGE, 5);
    time.pass(1_000);
    pieceMillis.put(Work.EXCHANGE, 100L);
    time.pass(4_000);

    assertThat(of(Work.EXCHANGE).share()).isEqualTo(Slice.LEAST);
    assertThat(of(Work.EXCHANGE).reason()).isEqualTo(Reason.QUEUE_WAITS);
    assertThat(of(Work.WALKS).share()).isEqualTo(1);
  }

  @Test
  void workOfWhichNoneEndsWaits() {
    keepBusy(Work.HINTS, 60_000);
    time.pass(3_000);

    assertThat(of(Work.HINTS).share()).isLessThan(0.1);
  }

  @Test
  void aThreadThatIsLateLeavesLess() {
    time.stall(400);
    time.pass(0);

    assertThat(of(Work.REAPING).share()).isEqualTo(0.5);
    assertThat(of(Work.REAPING).reason()).isEqualTo(Reason.QUEUE_WAITS);
  }

  @Test
  void kindsOfWorkGetAlikeWhateverTheyAskFor() {
    requests(10, 4);
    keepBusy(Work.EXCHANGE, 5);
    keepBusy(Work.REAPING, 5);
    for (int i = 0; i < 500; i++) {
      controller.admit(Work.REAPING, () -> {});
    }
    for (int i = 0; i < 20; i++) {
      requests(1, i % 2 == 0 ? 20 : 4);
    }

    double ratio = (double) begunOf(Work.EXCHANGE) / begunOf(Work.REAPING);
    assertThat(ratio).isBetween(0.8, 1.25);
  }

  /** However long requests suffer, and however late timers are. */
  @ParameterizedTest
  @EnumSource(Work.class)
  void noneStarves(Work work) {
    requests(10, 4);
    keepBusy(work, 5);
    requests(5, 20);
    for (int i = 0; i < 100; i++) {
      requests(1, 20);
      time.stall(70);
      assertThat(begunWithin(work, () -> requests(1, 20))).isPositive();
    }
  }

  /** Or what is slow through background work would come to be thought of as usual. */
  @Test
  void whatRequestsTakeWhileWorkIsDoneIsNotTakenForCalm() {
    requests(10, 4);
    long target = controller.report().targetNanos();
    keepBusy(Work.EXCHANGE, 5);
    requests(90, 7);

    assertThat(controller.report().targetNanos()).isEqualTo(target);
  }

  @Test
  void whatIsSlowWithoutAnyWorkTooBecomesUsualInTime() {
    requests(10, 4);
    keepBusy(Work.EXCHANGE, 5);
    requests(20, 20);
    assertThat(of(Work.EXCHANGE).share()).isEqualTo(Slice.LEAST);
    requests(120, 20);

    assertThat(controller.report().targetNanos()).isBetween(40 * MILLI, 46 * MILLI);
    assertThat(of(Work.EXCHANGE).share()).isEqualTo(1);
  }

  @Test
  void aTaskNeverRunsWithinTheCallAndGoesOnByBeingAdmittedAgain() {
    var loop =
        new Runnable() {
          private int runs;

          @Override
          public void run() {
            if (++runs < 100_000) {
              controller.admit(Work.WALKS, this);
            }
          }
        };
    controller.admit(Work.WALKS, loop);
    assertThat(loop.runs).isZero();
    time.pass(1);

    assertThat(loop.runs).isEqualTo(100_000);
    assertThat(of(Work.WALKS).granted()).isEqualTo(100_000);
  }

  @Test
  void aTaskThatThrowsHoldsUpNoneAfterIt() {
    controller.admit(
        Work.REAPING,
        () -> {
          throw new IllegalStateException("a bug");
        });
    keepBusy(Work.REAPING, 5);
    try {
      time.pass(1);
    } catch (IllegalStateException _) {
      time.pass(1);
    }

    assertThat(begun).containsEntry(Work.REAPING, 16);
  }
}
