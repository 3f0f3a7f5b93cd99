package io.cartwheel.server.http.item;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags of an {@code If-Match} or {@code If-None-Match}.
 *
 * @param any whether it was {@code *}
 * @param strong tags without {@code W/}
 * @param weak tags with it
 */
record EntityTags(boolean any, Set<String> strong, Set<String> weak) {
  private static final Pattern TAG = Pattern.compile("(W/)?(?:\"([^\"]*)\"|([^\\s,\"]+))");

  /** Ordered sets: a client that picks tags of one hash must not make them slow. */
  EntityTags {
    strong = Collections.unmodifiableSortedSet(new TreeSet<>(strong));
    weak = Collections.unmodifiableSortedSet(new TreeSet<>(weak));
  }

  static EntityTags parse(String text) {
    if (text.strip().equals("*")) {
      return new EntityTags(true, Set.of(), Set.of());
    }
    var strong = new TreeSet<String>();
    var weak = new TreeSet<String>();
    Matcher matcher = TAG.matcher(text);
    while (matcher.find()) {
      String tag = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      (matcher.group(1) == null ? strong : weak).add(tag);
    }
    return new EntityTags(false, strong, weak);
  }

  /** Whether what is shown is named, as {@code If-Match} asks. */
  boolean matchStrongly(Shown shown) {
    return !shown.isAbsent() && (any || strong.contains(shown.entityTag()));
  }

  /** Whether what is shown is named, as {@code If-None-Match} asks. */
  boolean matchWeakly(Shown shown) {
    return matchStrongly(shown) || !shown.isAbsent() && weak.contains(shown.entityTag());
  }
}
