package io.cartwheel.simulator.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {
  /** Within so many seeds every one of these bugs must show. */
  private static final int SEEDS = 40;

  private static final int SECONDS = 20;

  @TempDir private Path folder;

  static Stream<Mutant> mutants() {
    return Mutants.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void theSimulatorNotices(Mutant mutant) throws Exception {
    Class<?> simulation =
        MutantWorld.of(mutant, folder).loadClass("io.cartwheel.simulator.Simulation");
    Method run = simulation.getMethod("run", long.class, int.class);
    Method runUnder = simulation.getMethod("run", long.class, int.class, List.class);
    int seeds = 0;
    boolean noticed = false;
    while (!noticed && seeds < SEEDS) {
      long seed = mutant.firstSeed() + seeds++;
      noticed =
          violations(
                  mutant.faults().isEmpty()
                      ? run.invoke(null, seed, SECONDS)
                      : runUnder.invoke(null, seed, SECONDS, mutant.faults()))
              > 0;
    }
    assertThat(noticed).as("within " + SEEDS + " seeds").isTrue();
  }

  private static int violations(Object result) throws ReflectiveOperationException {
    return (int) result.getClass().getMethod("violations").invoke(result);
  }
}
