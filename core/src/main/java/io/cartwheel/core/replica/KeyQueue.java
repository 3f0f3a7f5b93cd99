package io.cartwheel.core.replica;

import io.cartwheel.core.item.ItemKey;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One turn at a time per key: engine calls are asynchronous, and two writes that read the same
 * state would lose one of them.
 */
final class KeyQueue {
  /** Beyond this many waiting turns of one key new ones are refused. */
  static final int MAX_WAITING = 4096;

  private final Map<ItemKey, ArrayDeque<Turn>> lines = new LinkedHashMap<>();

  /** Work on a key; it must call {@code end} exactly once, from within or later. */
  interface Turn {
    void take(Runnable end);
  }

  /** Runs the turn when those before it have ended; false: the line is full, nothing happens. */
  boolean submit(ItemKey key, Turn turn) {
    ArrayDeque<Turn> line = lines.get(key);
    if (line == null) {
      lines.put(key, new ArrayDeque<>(2));
      run(key, turn);
      return true;
    }
    return line.size() < MAX_WAITING && line.add(turn);
  }

  boolean isBusy(ItemKey key) {
    return lines.containsKey(key);
  }

  int keysBusy() {
    return lines.size();
  }

  /**
   * Runs turns until one does not end within its call, or the line is empty. A turn that throws
   * after its end is a bug of whoever heard of it: it is told last, for those in line did nothing.
   */
  private void run(ItemKey key, Turn first) {
    RuntimeException bug = null;
    Turn turn = first;
    while (turn != null) {
      var taken = new Taken(key);
      try {
        turn.take(taken::end);
      } catch (RuntimeException e) {
        bug = e;
      }
      turn = taken.returned() ? next(key) : null;
    }
    if (bug != null) {
      throw bug;
    }
  }

  private @Nullable Turn next(ItemKey key) {
    ArrayDeque<Turn> line = lines.get(key);
    Turn next = line == null ? null : line.poll();
    if (next == null) {
      lines.remove(key);
    }
    return next;
  }

  /**
   * Tells a turn that ended within its call, which the loop goes on from, from one that did not.
   */
  private final class Taken {
    private final ItemKey key;
    private boolean ended;
    private boolean returned;

    Taken(ItemKey key) {
      this.key = key;
    }

    void end() {
      if (ended) {
        throw new IllegalStateException("a turn ended twice");
      }
      ended = true;
      if (returned) {
        Turn next = next(key);
        if (next != null) {
          run(key, next);
        }
      }
    }

    boolean returned() {
      returned = true;
      return ended;
    }
  }
}
