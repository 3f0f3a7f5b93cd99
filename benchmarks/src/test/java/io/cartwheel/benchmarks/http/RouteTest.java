package io.cartwheel.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RouteTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Route route =
      new Route(List.of(new Node("a", 1), new Node("b", 1), new Node("c", 1)));

  @Test
  void theFirstNodeIsPreferred() {
    assertThat(route.choose(0)).isZero();
  }

  @Test
  void aNodeThatFailedIsLeftAloneAndThenTriedAgain() {
    route.failed(0, 0);
    assertThat(route.choose(1)).isEqualTo(1);
    assertThat(route.choose(SECOND)).isZero();
  }

  @Test
  void theMoreOftenANodeFailsTheLongerItIsLeftAlone() {
    route.failed(0, 0);
    long first = route.waitNanos(0, 0);
    route.failed(0, 0);
    assertThat(route.waitNanos(0, 0)).isEqualTo(2 * first);
    for (int times = 0; times < 100; times++) {
      route.failed(0, 0);
    }
    assertThat(route.waitNanos(0, 0)).isEqualTo(2 * SECOND);
    route.succeeded(0);
    route.failed(0, 0);
    assertThat(route.waitNanos(0, 0)).isEqualTo(first);
  }

  @Test
  void whenAllFailedTheOneIsTriedThatIsLeftAloneLeast() {
    route.failed(0, 3);
    route.failed(1, 1);
    route.failed(2, 2);
    assertThat(route.choose(4)).isEqualTo(1);
    assertThat(route.waitNanos(1, 4)).isPositive();
  }
}
