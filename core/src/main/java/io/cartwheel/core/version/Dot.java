package io.cartwheel.core.version;

import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;

/**
 * The name of one write, unique for ever.
 *
 * @param epoch the stretch of history it belongs to
 * @param counter the coordinating shard's counter, at least the epoch's {@code first}
 */
public record Dot(Epoch epoch, long counter) implements Comparable<Dot> {

  void encode(Encoder to) {
    epoch.encode(to);
    to.varint(counter);
  }

  /** How many bytes {@link #encode} takes. */
  int encodedLength() {
    return Long.BYTES + Encoder.varintLength(epoch.first()) + Encoder.varintLength(counter);
  }

  static Dot decode(Decoder from) throws MalformedException {
    return new Dot(Epoch.decode(from), from.varint());
  }

  @Override
  public int compareTo(Dot that) {
    int byEpoch = epoch.compareTo(that.epoch);
    return byEpoch != 0 ? byEpoch : Long.compareUnsigned(counter, that.counter);
  }

  @Override
  public String toString() {
    return epoch + ":" + counter;
  }
}
