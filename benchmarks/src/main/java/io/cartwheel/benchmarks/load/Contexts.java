package io.cartwheel.benchmarks.load;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest context that this process knows for each record. For use by many threads.
 *
 * <p>A write's answer always counts. A read's answer counts only if nothing was learnt since the
 * read began: else it may be older than what is known, and an update that carries it would leave a
 * sibling behind.
 */
final class Contexts {
  static final String UNKNOWN = "";

  private final AtomicReferenceArray<String> known;

  Contexts(int records) {
    known = new AtomicReferenceArray<>(records);
    for (int i = 0; i < records; i++) {
      known.setPlain(i, UNKNOWN);
    }
  }

  /** Empty when the record must be read before it is written. */
  String of(int record) {
    return known.get(record);
  }

  /** A write was answered with this context, or with none. */
  void wrote(int record, String context) {
    known.set(record, context);
  }

  /**
   * A read was answered with this context.
   *
   * @param before what was known when it began
   */
  void read(int record, String before, String context) {
    known.compareAndSet(record, before, context);
  }
}
