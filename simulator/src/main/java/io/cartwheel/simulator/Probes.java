package io.cartwheel.simulator;

import io.cartwheel.core.port.Observer;
import java.util.EnumMap;
import java.util.Map;

/** Counts what the protocol did, so that a campaign can tell whether a rare branch ever ran. */
final class Probes implements Observer {
  private final Map<Event, Long> counts = new EnumMap<>(Event.class);
  private long reads;
  private long readsWithSiblings;

  @Override
  public void count(Event event) {
    counts.merge(event, 1L, Long::sum);
  }

  @Override
  public void siblings(int count) {
    reads++;
    readsWithSiblings += count > 1 ? 1 : 0;
  }

  Map<Event, Long> counts() {
    return counts;
  }

  long reads() {
    return reads;
  }

  long readsWithSiblings() {
    return readsWithSiblings;
  }
}
