package io.cartwheel.core.item;

/** Encoded text, looked at where it lies: nothing is made of what may be refused. */
final class Utf8 {
  private Utf8() {}

  /** Whether these bytes are what Unicode calls well-formed: shortest forms, no surrogates. */
  static boolean isWellFormed(byte[] array, int from, int to) {
    int at = from;
    while (at < to) {
      int length = length(array[at] & 0xFF);
      if (length == 0 || length > to - at || !isContinued(array, at, length)) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** How many bytes a code point takes that begins with this one, 0 if none begins so. */
  private static int length(int first) {
    if (first < 0x80) {
      return 1;
    } else if (first < 0xC2) {
      return 0;
    } else if (first < 0xE0) {
      return 2;
    } else if (first < 0xF0) {
      return 3;
    }
    return first < 0xF5 ? 4 : 0;
  }

  private static boolean isContinued(byte[] array, int at, int length) {
    for (int i = 1; i < length; i++) {
      if ((array[at + i] & 0xC0) != 0x80) {
        return false;
      }
    }
    int second = length > 2 ? array[at + 1] & 0xFF : 0;
    return switch (array[at] & 0xFF) {
      case 0xE0 -> second >= 0xA0;
      case 0xED -> second < 0xA0;
      case 0xF0 -> second >= 0x90;
      case 0xF4 -> second < 0x90;
      default -> true;
    };
  }

  /** Compares two texts of one array as {@link String#compareTo} would: by UTF-16. */
  static int compare(byte[] array, int left, int leftEnd, int right, int rightEnd) {
    int length = Math.min(leftEnd - left, rightEnd - right);
    for (int i = 0; i < length; i++) {
      int order = Integer.compare(rank(array[left + i]), rank(array[right + i]));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(leftEnd - left, rightEnd - right);
  }

  /** In UTF-16 what begins with EE or EF comes after what takes surrogates. */
  private static int rank(byte unit) {
    int value = unit & 0xFF;
    return value == 0xEE || value == 0xEF ? value + 0x10 : value;
  }
}
