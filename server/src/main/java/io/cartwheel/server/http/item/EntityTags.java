package io.cartwheel.server.http.item;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags of an {@code If-Match} or {@code If-None-Match}, looked up where they stand: many short
 * ones cost no more room than their text.
 */
record EntityTags(String text) {
  private static final Pattern TAG =
      Pattern.compile("(?<weak>W/)?(?:\"(?<quoted>[^\"]*)\"|(?<bare>[^\\s,\"]+))");

  /** Whether what is shown is named, as {@code If-Match} asks. */
  boolean matchStrongly(Shown shown) {
    return !shown.isAbsent() && (text.strip().equals("*") || names(shown.entityTag(), false));
  }

  /** Whether what is shown is named, as {@code If-None-Match} asks. */
  boolean matchWeakly(Shown shown) {
    return matchStrongly(shown) || !shown.isAbsent() && names(shown.entityTag(), true);
  }

  private boolean names(String tag, boolean weak) {
    Matcher named = TAG.matcher(text);
    while (named.find()) {
      String form = named.start("quoted") < 0 ? "bare" : "quoted";
      int from = named.start(form);
      boolean isWeak = named.start("weak") >= 0;
      if (isWeak == weak && named.end(form) - from == tag.length() && text.startsWith(tag, from)) {
        return true;
      }
    }
    return false;
  }
}
