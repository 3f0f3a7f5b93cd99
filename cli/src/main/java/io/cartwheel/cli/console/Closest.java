package io.cartwheel.cli.console;

import java.util.Collection;
import java.util.Optional;

/** The word that a mistyped one was most likely meant to be. */
public final class Closest {
  private static final int FARTHEST = 2;

  private Closest() {}

  /** The nearest of the known words, if it is near at all. */
  public static Optional<String> to(String typed, Collection<String> known) {
    String nearest = "";
    int least = Math.min(FARTHEST, typed.length() / 2) + 1;
    for (String word : known) {
      int distance = distance(typed, word);
      if (distance < least) {
        least = distance;
        nearest = word;
      }
    }
    return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
  }

  /** How many letters were left out, added, changed or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          table[i][j] = i + j;
          continue;
        }
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(table[i - 1][j], table[i][j - 1]) + 1;
        least = Math.min(least, table[i - 1][j - 1] + changed);
        if (i > 1 && j > 1 && areSwapped(a.substring(i - 2, i), b.substring(j - 2, j))) {
          least = Math.min(least, table[i - 2][j - 2] + 1);
        }
        table[i][j] = least;
      }
    }
    return table[a.length()][b.length()];
  }

  private static boolean areSwapped(String pair, String other) {
    return pair.charAt(0) == other.charAt(1) && pair.charAt(1) == other.charAt(0);
  }
}
