package io.cartwheel.server.config;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Suggestion {
  private Suggestion() {}

  /** The nearest of the names, if any is near enough to be meant. */
  static Optional<String> nearest(String written, Collection<String> names) {
    Optional<String> best = Optional.empty();
    int least = Math.max(2, written.length() / 3) + 1;
    for (String name : names) {
      int distance = lastPart(name).equals(written) ? 1 : distance(written, name);
      if (distance < least) {
        least = distance;
        best = Optional.of(name);
      }
    }
    return best;
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** How many letters must be put in, taken out, replaced or swapped with the next. */
  static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[to.length()];
  }
}
