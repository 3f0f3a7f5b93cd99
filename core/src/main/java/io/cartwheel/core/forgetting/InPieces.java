package io.cartwheel.core.forgetting;

import io.cartwheel.core.port.Timers;
import java.util.List;
import java.util.function.BiConsumer;

/** Works through a list, a few at a time, with room for other work in between. */
final class InPieces<T> {
  private static final int AT_ONCE = 32;
  private static final long PAUSE_NANOS = 1_000_000L;

  private final Timers timers;
  private final List<T> items;
  private final BiConsumer<T, Runnable> work;
  private final Runnable done;
  private int next;
  private int open;

  private InPieces(Timers timers, List<T> items, BiConsumer<T, Runnable> work, Runnable done) {
    this.timers = timers;
    this.items = items;
    this.work = work;
    this.done = done;
  }

  /**
   * Begins.
   *
   * @param work is handed each item, and what to run once it is done with
   * @param done is run when all are
   */
  static <T> void work(Timers timers, List<T> items, BiConsumer<T, Runnable> work, Runnable done) {
    new InPieces<>(timers, items, work, done).piece();
  }

  private void piece() {
    if (next == items.size()) {
      done.run();
      return;
    }
    List<T> piece = items.subList(next, Math.min(items.size(), next + AT_ONCE));
    next += piece.size();
    open = piece.size();
    piece.forEach(item -> work.accept(item, this::ended));
  }

  private void ended() {
    if (--open == 0) {
      timers.after(PAUSE_NANOS, this::piece);
    }
  }
}
