package io.cartwheel.benchmarks.load;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;

/**
 * Chooses records as YCSB does: a few often, most seldom, and the popular ones not next to one
 * another. The record of rank k is chosen in proportion to 1/k^0.99.
 */
final class ScrambledZipfian {
  private static final double EXPONENT = 0.99;

  /** A prime larger than any number of records: multiplying by it puts ranks in another order. */
  private static final long PRIME = 2_654_435_761L;

  private final DiscreteSampler ranks;
  private final int records;

  ScrambledZipfian(int records, RandomGenerator random) {
    this.records = records;
    this.ranks = RejectionInversionZipfSampler.of(random::nextLong, records, EXPONENT);
  }

  /** The next record, 0 and up. */
  int next() {
    return recordOf(ranks.sample(), records);
  }

  /** Which record has a rank; rank 1 is the most popular one's. */
  static int recordOf(int rank, int records) {
    return (int) (rank * PRIME % records);
  }
}
