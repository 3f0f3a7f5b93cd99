package io.cartwheel.core.version;

import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Which writes were seen: for each epoch the highest counter, and with it all lower ones.
 *
 * <p>One entry per epoch, ascending, so that equal vectors are equal byte by byte. An entry is
 * three numbers of one array and no object: a vector takes little more room than its encoding.
 */
public final class VersionVector {
  public static final VersionVector EMPTY = new VersionVector(new long[0]);

  /** The fewest bytes that an encoded entry takes: for bounding counts before allocating. */
  private static final int MIN_ENTRY_BYTES = 10;

  /** Where an entry's numbers are, and how many there are. */
  private static final int START = 0;

  private static final int FIRST = 1;
  private static final int COUNTER = 2;
  private static final int WIDTH = 3;

  private final long[] numbers;

  private VersionVector(long[] numbers) {
    this.numbers = numbers;
  }

  public static VersionVector of(Dot dot) {
    return new VersionVector(new long[] {dot.epoch().start(), dot.epoch().first(), dot.counter()});
  }

  /** The highest dot of each epoch, ascending. */
  public List<Dot> entries() {
    return IntStream.range(0, size()).mapToObj(i -> entry(i * WIDTH)).toList();
  }

  private Dot entry(int at) {
    var epoch = new Epoch(numbers[at + START], numbers[at + FIRST]);
    return new Dot(epoch, numbers[at + COUNTER]);
  }

  /** How many epochs it knows of. */
  public int size() {
    return numbers.length / WIDTH;
  }

  public boolean isEmpty() {
    return numbers.length == 0;
  }

  /** Whether the write was seen. */
  public boolean covers(Dot dot) {
    return covers(dot.epoch().start(), dot.epoch().first(), dot.counter());
  }

  boolean covers(long start, long first, long counter) {
    for (int at = 0; at < numbers.length; at += WIDTH) {
      if (numbers[at + START] == start && numbers[at + FIRST] == first) {
        return Long.compareUnsigned(numbers[at + COUNTER], counter) >= 0;
      }
    }
    return false;
  }

  /** Whether everything that the other has seen was seen here too. */
  public boolean covers(VersionVector that) {
    int mine = 0;
    for (int theirs = 0; theirs < that.numbers.length; theirs += WIDTH) {
      while (mine < numbers.length && byEpoch(mine, that, theirs) < 0) {
        mine += WIDTH;
      }
      if (mine == numbers.length
          || byEpoch(mine, that, theirs) > 0
          || byCounter(mine, that, theirs) < 0) {
        return false;
      }
    }
    return true;
  }

  private int byEpoch(int mine, VersionVector that, int theirs) {
    int byStart = Long.compareUnsigned(numbers[mine + START], that.numbers[theirs + START]);
    return byStart != 0
        ? byStart
        : Long.compareUnsigned(numbers[mine + FIRST], that.numbers[theirs + FIRST]);
  }

  private int byCounter(int mine, VersionVector that, int theirs) {
    return Long.compareUnsigned(numbers[mine + COUNTER], that.numbers[theirs + COUNTER]);
  }

  public VersionVector with(Dot dot) {
    return covers(dot) ? this : join(of(dot));
  }

  /** What either has seen: the least vector that covers both. */
  public VersionVector join(VersionVector that) {
    if (covers(that)) {
      return this;
    }
    if (that.covers(this)) {
      return that;
    }
    var joined = new long[numbers.length + that.numbers.length];
    int length = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < numbers.length || theirs < that.numbers.length) {
      int order = order(mine, that, theirs);
      boolean isMine = order < 0 || order == 0 && byCounter(mine, that, theirs) >= 0;
      System.arraycopy(
          isMine ? numbers : that.numbers, isMine ? mine : theirs, joined, length, WIDTH);
      length += WIDTH;
      mine += order <= 0 ? WIDTH : 0;
      theirs += order >= 0 ? WIDTH : 0;
    }
    return new VersionVector(length == joined.length ? joined : Arrays.copyOf(joined, length));
  }

  /** By epoch, what has ended after everything else. */
  private int order(int mine, VersionVector that, int theirs) {
    if (mine == numbers.length) {
      return 1;
    }
    return theirs == that.numbers.length ? -1 : byEpoch(mine, that, theirs);
  }

  /** What it says of these epochs, and no others. */
  VersionVector of(Collection<Epoch> epochs) {
    VersionVector chosen = EMPTY;
    for (Dot entry : entries()) {
      if (epochs.contains(entry.epoch())) {
        chosen = chosen.with(entry);
      }
    }
    return chosen;
  }

  public void encode(Encoder to) {
    to.varint(size());
    for (int at = 0; at < numbers.length; at += WIDTH) {
      to.fixed64(numbers[at + START]).varint(numbers[at + FIRST]).varint(numbers[at + COUNTER]);
    }
  }

  /** How many bytes {@link #encode} takes. */
  public int encodedLength() {
    int length = Encoder.varintLength(size());
    for (int at = 0; at < numbers.length; at += WIDTH) {
      length +=
          Long.BYTES
              + Encoder.varintLength(numbers[at + FIRST])
              + Encoder.varintLength(numbers[at + COUNTER]);
    }
    return length;
  }

  /** Decodes a vector; entries out of order or twice are malformed, so the form is canonical. */
  public static VersionVector decode(Decoder from) throws MalformedException {
    int count = from.count(MIN_ENTRY_BYTES);
    if (count == 0) {
      return EMPTY;
    }
    var decoded = new VersionVector(new long[count * WIDTH]);
    for (int at = 0; at < count * WIDTH; at += WIDTH) {
      decoded.numbers[at + START] = from.fixed64();
      decoded.numbers[at + FIRST] = from.varint();
      decoded.numbers[at + COUNTER] = from.varint();
      if (at > 0 && decoded.byEpoch(at - WIDTH, decoded, at) >= 0) {
        throw new MalformedException("vector out of order");
      }
    }
    return decoded;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector that && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    var text = new StringJoiner(", ", "[", "]");
    entries().forEach(entry -> text.add(entry.toString()));
    return text.toString();
  }
}
