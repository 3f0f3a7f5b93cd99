package io.cartwheel.cli.admin;

import java.util.Locale;

/** Numbers as people read them. */
final class Figures {
  private static final long MEBIBYTE = 1 << 20;

  private Figures() {}

  static String bytes(long bytes) {
    return bytes / MEBIBYTE + " MiB";
  }

  /** The two largest units of a time. */
  static String age(long seconds) {
    long minutes = seconds / 60;
    long hours = minutes / 60;
    if (hours >= 24) {
      return hours / 24 + " d " + hours % 24 + " h";
    }
    if (hours > 0) {
      return hours + " h " + minutes % 60 + " min";
    }
    return minutes > 0 ? minutes + " min " + seconds % 60 + " s" : seconds + " s";
  }

  /** With as many digits as tell something. */
  static String decimal(double number) {
    return String.format(
        Locale.ROOT, number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f", number);
  }
}
