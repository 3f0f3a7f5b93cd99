package io.cartwheel.core.handoff;

import io.cartwheel.core.ring.MemberId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many deliveries each owner may have under way: its own, so that one that is slow to answer
 * holds up no other; half as many after each that fails, down to one, and twice as many after each
 * that it takes.
 */
final class Windows {
  private final int most;
  private final Map<MemberId, Window> windows = new LinkedHashMap<>();

  private record Window(int underWay, int width) {}

  /** No window is ever wider than so. */
  Windows(int most) {
    this.most = most;
  }

  boolean hasRoom(MemberId owner) {
    Window window = of(owner);
    return window.underWay() < window.width();
  }

  void began(MemberId owner) {
    Window window = of(owner);
    put(owner, window.underWay() + 1, window.width());
  }

  void taken(MemberId owner) {
    Window window = of(owner);
    put(owner, window.underWay() - 1, Math.min(most, 2 * window.width()));
  }

  void failed(MemberId owner) {
    Window window = of(owner);
    put(owner, window.underWay() - 1, Math.max(1, window.width() / 2));
  }

  private Window of(MemberId owner) {
    return windows.getOrDefault(owner, new Window(0, most));
  }

  private void put(MemberId owner, int underWay, int width) {
    if (underWay == 0 && width == most) {
      windows.remove(owner);
    } else {
      windows.put(owner, new Window(underWay, width));
    }
  }
}
