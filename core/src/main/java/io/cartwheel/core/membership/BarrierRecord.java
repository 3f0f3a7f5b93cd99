package io.cartwheel.core.membership;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Decoder;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.ring.Ring;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node keeps of barriers, durably.
 *
 * <p>Layout: format (1), CRC32C of the rest (4), reached (8), the count of partitions (4) and of
 * each its number (4) and barrier (8).
 *
 * @param reached the last one it reached
 * @param forgot of each partition the barrier of the last proof by which anything was forgotten
 */
public record BarrierRecord(long reached, SortedMap<Integer, Long> forgot) {
  /** Of a node that has never reached any. */
  public static final BarrierRecord NONE = new BarrierRecord(0, Collections.emptySortedMap());

  private static final int FORMAT = 1;
  private static final int ENTRY_BYTES = 12;

  public BarrierRecord {
    forgot = Collections.unmodifiableSortedMap(new TreeMap<>(forgot));
  }

  /** Of a node whose record is lost: of every partition it may have forgotten something lately. */
  public static BarrierRecord unreadable() {
    var all = new TreeMap<Integer, Long>();
    for (int partition = 0; partition < Ring.MAX_PARTITIONS; partition++) {
      all.put(partition, Long.MAX_VALUE);
    }
    return new BarrierRecord(0, all);
  }

  public BarrierRecord reached(long barrier) {
    return new BarrierRecord(barrier, forgot);
  }

  /** The same, once something of the partition was forgotten. */
  public BarrierRecord forgot(int partition, long barrier) {
    var later = new TreeMap<>(forgot);
    later.merge(partition, barrier, Math::max);
    return new BarrierRecord(reached, later);
  }

  /** The partitions of which a copy may hold what was forgotten since it reached that barrier. */
  public SortedSet<Integer> forgotSince(long copyReached) {
    var partitions = new TreeSet<Integer>();
    forgot.forEach((partition, barrier) -> {
      if (barrier > copyReached) {
        partitions.add(partition);
      }
    });
    return partitions;
  }

  public Bytes encode() {
    var body = new Encoder(12 + ENTRY_BYTES * forgot.size());
    body.fixed64(reached).fixed32(forgot.size());
    forgot.forEach((partition, barrier) -> body.fixed32(partition).fixed64(barrier));
    Bytes rest = body.toBytes();
    return new Encoder(5 + rest.length()).u8(FORMAT).fixed32(rest.checksum()).raw(rest).toBytes();
  }

  public static BarrierRecord decode(Bytes encoded) throws MalformedException {
    var from = new Decoder(encoded);
    int format = from.u8();
    if (format != FORMAT) {
      throw new MalformedException("barriers of format " + format);
    }
    int checksum = from.fixed32();
    Bytes rest = from.rest();
    if (rest.checksum() != checksum) {
      throw new MalformedException("barriers fail their checksum");
    }
    var body = new Decoder(rest);
    long reached = body.fixed64();
    int count = body.fixed32();
    if (count < 0 || count != body.remaining() / ENTRY_BYTES) {
      throw new MalformedException("barriers of " + count + " partitions");
    }
    var forgot = new TreeMap<Integer, Long>();
    for (int i = 0; i < count; i++) {
      forgot.put(body.fixed32(), body.fixed64());
    }
    body.end();
    return new BarrierRecord(reached, forgot);
  }
}
