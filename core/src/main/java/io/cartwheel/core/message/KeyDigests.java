package io.cartwheel.core.message;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.message.Message.KeyDigest;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Keys with the hashes of their states, packed as they travel: each is unpacked when it is looked
 * at, so that a page takes no more memory than the frame that it came in.
 */
public final class KeyDigests implements Iterable<KeyDigest> {
  public static final KeyDigests NONE = new KeyDigests(Bytes.EMPTY, 0);

  /** Twice what the longest page comes to. */
  private static final int MAX_BYTES = 1 << 20;

  private final Bytes packed;
  private final int count;

  private KeyDigests(Bytes packed, int count) {
    this.packed = packed;
    this.count = count;
  }

  public static KeyDigests of(List<KeyDigest> digests) {
    var to = new Encoder(digests.size() * 4 * Hash128.BYTES);
    for (KeyDigest each : digests) {
      to.raw(each.key().encoded());
      each.state().encode(to);
    }
    return new KeyDigests(to.toBytes(), digests.size());
  }

  /** Checks all of them, and unpacks none. */
  public static KeyDigests decode(Bytes packed) throws MalformedException {
    if (packed.length() > MAX_BYTES) {
      throw new MalformedException("a page of " + packed.length() + " bytes");
    }
    var from = new Decoder(packed);
    int count = 0;
    for (; from.remaining() > 0; count++) {
      ItemKey.pass(from);
      from.skip(Hash128.BYTES);
    }
    return new KeyDigests(packed, count);
  }

  public Bytes encoded() {
    return packed;
  }

  public int count() {
    return count;
  }

  @Override
  public Iterator<KeyDigest> iterator() {
    var from = new Decoder(packed);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return from.remaining() > 0;
      }

      @Override
      public KeyDigest next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        try {
          return new KeyDigest(ItemKey.decode(from), Hash128.decode(from));
        } catch (MalformedException e) {
          throw new AssertionError("they were checked", e);
        }
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyDigests that && packed.equals(that.packed);
  }

  @Override
  public int hashCode() {
    return packed.hashCode();
  }

  @Override
  public String toString() {
    return count + " keys";
  }
}
