package io.cartwheel.simulator;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that clients did, and what follows from what they were shown. */
final class History {
  private static final int RECENT = 40;

  private final Map<ItemKey, List<Write>> byKey = new LinkedHashMap<>();
  private final Map<ItemKey, List<Write>> expiring = new LinkedHashMap<>();
  private final Map<Bytes, Write> byId = new LinkedHashMap<>();

  void add(Write write) {
    byKey.computeIfAbsent(write.key(), _ -> new ArrayList<>()).add(write);
    if (write.expires()) {
      expiring.computeIfAbsent(write.key(), _ -> new ArrayList<>()).add(write);
    }
    byId.put(write.id(), write);
  }

  List<Write> writesOf(ItemKey key) {
    return byKey.getOrDefault(key, List.of());
  }

  /** Those that do not last for ever. */
  List<Write> expiringWritesOf(ItemKey key) {
    return expiring.getOrDefault(key, List.of());
  }

  Set<ItemKey> keys() {
    return byKey.keySet();
  }

  boolean knows(Bytes id) {
    return byId.containsKey(id);
  }

  Optional<Write> find(Bytes id) {
    return Optional.ofNullable(byId.get(id));
  }

  boolean isPossible(Bytes id) {
    Write write = byId.get(id);
    return write != null && write.isPossible();
  }

  /** The latest writes of a key, as many as are worth comparing with every single read. */
  List<Write> recentWritesOf(ItemKey key) {
    List<Write> all = writesOf(key);
    return all.subList(Math.max(0, all.size() - RECENT), all.size());
  }

  /**
   * The writes that a reader of these has in hand: they, and all that their writers were shown.
   *
   * @param since earlier writes are not looked into
   */
  Set<Bytes> accountedFor(Set<Bytes> visible, long since) {
    var accounted = new LinkedHashSet<>(visible);
    var todo = new ArrayDeque<>(visible);
    while (!todo.isEmpty()) {
      Write write = byId.get(todo.remove());
      if (write != null && write.begunAt() >= since) {
        for (Bytes earlier : write.shown().writes()) {
          if (accounted.add(earlier)) {
            todo.add(earlier);
          }
        }
      }
    }
    return accounted;
  }
}
