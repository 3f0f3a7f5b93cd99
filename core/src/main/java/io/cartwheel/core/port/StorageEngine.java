package io.cartwheel.core.port;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps one record per key, grouped by partition.
 *
 * <p>Threads: a shard has an engine view of its own; it calls it on its thread and is called back
 * on it, from within the call or later. Callers keep one write per key under way at a time; a read
 * sees every write of its key that was called back before it began. Records are opaque here, and
 * checked by the layer above; an engine that itself finds a record unreadable says {@link
 * ReadResult.Damaged}. Bytes handed over belong to the engine, bytes handed out to the caller;
 * neither changes them.
 */
public interface StorageEngine {

  /** The record of a key, or that there is none. */
  void read(Address address, Consumer<ReadResult> done);

  /**
   * Replaces the record of a key. Once {@code done} hears {@link WriteResult.Written}, the record
   * is held at the level of the engine's durability mode. After {@link WriteResult.Failed} either
   * record may be there.
   */
  void write(Address address, Bytes record, Consumer<WriteResult> done);

  /**
   * Replaces or removes a key's record together with its hint, both or neither.
   *
   * @param record the record from now on; empty: none
   * @param hint opaque, a few bytes: to whom the record is owed; empty: nobody. {@link #write}
   *     leaves a key's hint as it is
   */
  void commit(
      Address address, Optional<Bytes> record, Optional<Bytes> hint, Consumer<WriteResult> done);

  /**
   * Reads a partition's hints in the order of its encoded keys; the entries carry hints in place of
   * records. As {@link #scan} otherwise.
   */
  void scanHints(int partition, Start after, int limit, Consumer<ScanResult> done);

  /**
   * Sets a damaged record aside, outside of the key space, and puts another in its place, both or
   * neither. The key's hint stays.
   */
  void quarantine(Address address, Bytes replacement, Consumer<WriteResult> done);

  /**
   * Reads a partition in the order of its encoded keys.
   *
   * @param after where to go on: the last key of the batch before, or {@link Start#FIRST}
   * @param limit how many records at most; fewer come where they are long, so that one batch does
   *     not take the memory of all others
   * @param done hears the batch
   */
  void scan(int partition, Start after, int limit, Consumer<ScanResult> done);

  /**
   * Makes everything safe from a loss of power that was called back as written before this call,
   * whatever the mode of durability. Memory engines, which lose all anyway, answer at once.
   */
  void sync(Consumer<WriteResult> done);

  /** Removes all records and hints of a partition. */
  void drop(int partition, Consumer<WriteResult> done);

  /** Where a record lives. */
  record Address(int partition, ItemKey key) {}

  /** Where a scan begins. */
  sealed interface Start {
    Start FIRST = new First();

    /** At the partition's first key. */
    record First() implements Start {}

    /** After this key. */
    record After(ItemKey key) implements Start {}
  }

  /** What a read found. */
  sealed interface ReadResult {
    /** The record as it was written. */
    record Found(Bytes record) implements ReadResult {}

    /** There is none. */
    record Absent() implements ReadResult {}

    /** There is one, but it can't be read as it was written. */
    record Damaged(String reason) implements ReadResult {}

    /** The engine could not look. */
    record Failed(String reason) implements ReadResult {}
  }

  /** How a write went. */
  sealed interface WriteResult {
    /** It is held. */
    record Written() implements WriteResult {}

    /** It may or may not be held; {@code reason} is for the log. */
    record Failed(String reason) implements WriteResult {}
  }

  /** What a scan found. */
  sealed interface ScanResult {
    /**
     * The next records.
     *
     * @param entries ascending by encoded key; at least one unless it is the last
     * @param last whether there are no more
     */
    record Batch(List<Entry> entries, boolean last) implements ScanResult {}

    /** The engine could not look. */
    record Failed(String reason) implements ScanResult {}
  }

  /** One record of a scan. */
  record Entry(ItemKey key, Bytes record) {}
}
