package io.cartwheel.cli.console;

import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private static final long KIBIBYTE = 1 << 10;
  private static final long MEBIBYTE = 1 << 20;

  private Figures() {}

  /** In the largest unit of which there is one. */
  public static String bytes(long bytes) {
    if (bytes < KIBIBYTE) {
      return bytes + " B";
    }
    return bytes < MEBIBYTE ? in(bytes, KIBIBYTE) + " KiB" : in(bytes, MEBIBYTE) + " MiB";
  }

  private static String in(long bytes, long unit) {
    return String.format(Locale.ROOT, bytes < 10 * unit ? "%.1f" : "%.0f", (double) bytes / unit);
  }

  /** The two largest units of a time. */
  public static String age(long seconds) {
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
  public static String decimal(double number) {
    return String.format(
        Locale.ROOT, number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f", number);
  }
}
