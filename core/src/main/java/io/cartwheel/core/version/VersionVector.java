package io.cartwheel.core.version;

import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Which writes were seen: for each epoch the highest counter, and with it all lower ones.
 *
 * <p>A sorted list of the highest dots, one per epoch, so that equal vectors are equal byte by
 * byte.
 */
public final class VersionVector {
  public static final VersionVector EMPTY = new VersionVector(List.of());

  /** The fewest bytes that an encoded entry takes: for bounding counts before allocating. */
  private static final int MIN_ENTRY_BYTES = 10;

  private final List<Dot> entries;

  private VersionVector(List<Dot> entries) {
    this.entries = entries;
  }

  public static VersionVector of(Dot dot) {
    return new VersionVector(List.of(dot));
  }

  /** One dot per epoch, ascending. */
  public List<Dot> entries() {
    return entries;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether the write was seen. */
  public boolean covers(Dot dot) {
    for (Dot entry : entries) {
      if (entry.epoch().equals(dot.epoch())) {
        return Long.compareUnsigned(entry.counter(), dot.counter()) >= 0;
      }
    }
    return false;
  }

  /** Whether everything that the other has seen was seen here too. */
  public boolean covers(VersionVector that) {
    return that.entries.stream().allMatch(this::covers);
  }

  public VersionVector with(Dot dot) {
    return join(of(dot));
  }

  /** What either has seen: the least vector that covers both. */
  public VersionVector join(VersionVector that) {
    if (that.isEmpty() || this == that) {
      return this;
    }
    if (isEmpty()) {
      return that;
    }
    var joined = new ArrayList<Dot>(entries.size() + that.entries.size());
    int mine = 0;
    int theirs = 0;
    while (mine < entries.size() && theirs < that.entries.size()) {
      Dot left = entries.get(mine);
      Dot right = that.entries.get(theirs);
      int order = left.epoch().compareTo(right.epoch());
      if (order < 0) {
        joined.add(left);
        mine++;
      } else if (order > 0) {
        joined.add(right);
        theirs++;
      } else {
        joined.add(left.compareTo(right) >= 0 ? left : right);
        mine++;
        theirs++;
      }
    }
    joined.addAll(entries.subList(mine, entries.size()));
    joined.addAll(that.entries.subList(theirs, that.entries.size()));
    return new VersionVector(List.copyOf(joined));
  }

  public void encode(Encoder to) {
    to.varint(entries.size());
    entries.forEach(entry -> entry.encode(to));
  }

  /** Decodes a vector; entries out of order or twice are malformed, so the form is canonical. */
  public static VersionVector decode(Decoder from) throws MalformedException {
    int count = from.count(MIN_ENTRY_BYTES);
    var entries = new ArrayList<Dot>(count);
    for (int i = 0; i < count; i++) {
      Dot entry = Dot.decode(from);
      if (i > 0 && entries.get(i - 1).epoch().compareTo(entry.epoch()) >= 0) {
        throw new MalformedException("vector out of order");
      }
      entries.add(entry);
    }
    return count == 0 ? EMPTY : new VersionVector(List.copyOf(entries));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    var text = new StringJoiner(", ", "[", "]");
    entries.forEach(entry -> text.add(entry.toString()));
    return text.toString();
  }
}
