package io.cartwheel.simulator;

import java.util.ArrayList;
import java.util.List;

/** Broken promises, in words; the first few are kept, all are counted. */
final class Violations {
  private static final int KEPT = 20;

  private final List<String> first = new ArrayList<>();
  private int count;

  void add(String what) {
    count++;
    if (first.size() < KEPT) {
      first.add(what);
    }
  }

  int count() {
    return count;
  }

  List<String> first() {
    return List.copyOf(first);
  }
}
