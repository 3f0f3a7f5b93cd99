package io.cartwheel.benchmarks.load;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** YCSB's core workloads over single records (Cooper et al., SoCC 2010). */
public enum Workload {
  /** Half reads, half updates: a session store. */
  A(50),
  /** Mostly reads: tags of photographs. */
  B(95),
  /** Only reads: profiles made elsewhere. */
  C(100);

  private final int readPercent;

  Workload(int readPercent) {
    this.readPercent = readPercent;
  }

  Operation choose(RandomGenerator random) {
    return random.nextInt(100) < readPercent ? Operation.READ : Operation.UPDATE;
  }

  /** Lower case, as on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
