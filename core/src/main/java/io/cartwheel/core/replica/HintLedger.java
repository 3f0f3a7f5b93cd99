package io.cartwheel.core.replica;

import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a shard owes to whom, oldest first: the engine's hints, kept in memory too.
 *
 * <p>The quota counts each record once, however many owners it is owed to. Past it the node takes
 * no more for others, and drops nothing.
 */
public final class HintLedger {
  private static final Comparator<Entry> BY_AGE =
      Comparator.comparingLong((Entry entry) -> entry.hint().sinceMillis())
          .thenComparingLong(Entry::number);

  private static final int MOST_LOOKS = 1_000;

  private final long quotaBytes;
  private final Map<Address, Entry> entries = new LinkedHashMap<>();
  private final SortedMap<MemberId, Owed> byOwner = new TreeMap<>();
  private final SortedSet<Integer> heldSince = new TreeSet<>();
  private final SortedMap<Integer, Integer> beingWritten = new TreeMap<>();
  private long bytes;
  private long lastNumber;

  private record Entry(Address address, Hint hint, long number) {}

  private static final class Owed {
    private final NavigableSet<Entry> byAge = new TreeSet<>(BY_AGE);
    private Optional<Entry> last = Optional.empty();
    private long bytes;

    /** The entry after the one before; after the youngest the oldest. */
    Entry goOn() {
      Entry next = last.map(byAge::higher).orElseGet(byAge::first);
      last = Optional.of(next);
      return next;
    }

    Debt debt() {
      return new Debt(byAge.size(), bytes, byAge.first().hint().sinceMillis());
    }
  }

  /**
   * What one owner is owed.
   *
   * @param count how many keys
   * @param bytes how long their records are together
   * @param oldestMillis since when, by the wall clock
   */
  public record Debt(int count, long bytes, long oldestMillis) {}

  /** That a key's record is owed to one member. */
  public record Due(Address address, MemberId owner) {}

  /** A ledger of at most so many bytes of records. */
  public HintLedger(long quotaBytes) {
    this.quotaBytes = quotaBytes;
  }

  /** Whether a record of so many bytes may be taken for others. */
  boolean hasRoomFor(long more) {
    return bytes + more <= quotaBytes;
  }

  /** The hint to store with a record: as old as the one before. */
  Hint next(Address address, int length, List<MemberId> owed, long nowMillis) {
    Entry known = entries.get(address);
    return new Hint(known == null ? nowMillis : known.hint().sinceMillis(), length, owed);
  }

  boolean knows(Address address) {
    return entries.containsKey(address);
  }

  /** The key's hint, if it is owed to anybody. */
  Optional<Hint> hintOf(Address address) {
    return Optional.ofNullable(entries.get(address)).map(Entry::hint);
  }

  /** A hint of the partition is on its way to the engine: it may be there before that is told. */
  void writing(int partition) {
    beingWritten.merge(partition, 1, Integer::sum);
    heldSince.add(partition);
  }

  /** The engine told what became of it. */
  void written(int partition) {
    beingWritten.computeIfPresent(partition, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Notes what hint the engine holds for the key, if any. */
  void note(Address address, Optional<Hint> hint) {
    Entry before = entries.remove(address);
    if (before != null) {
      bytes -= before.hint().bytes();
      before.hint().owed().forEach(owner -> strike(owner, before));
    }
    if (hint.isPresent()) {
      long number = before == null ? ++lastNumber : before.number();
      var entry = new Entry(address, hint.get(), number);
      entries.put(address, entry);
      heldSince.add(address.partition());
      bytes += hint.get().bytes();
      hint.get().owed().forEach(owner -> owe(owner, entry));
    }
  }

  private void owe(MemberId owner, Entry entry) {
    Owed owed = byOwner.computeIfAbsent(owner, _ -> new Owed());
    owed.byAge.add(entry);
    owed.bytes += entry.hint().bytes();
  }

  private void strike(MemberId owner, Entry entry) {
    Owed owed = byOwner.get(owner);
    if (owed != null && owed.byAge.remove(entry)) {
      owed.bytes -= entry.hint().bytes();
      if (owed.byAge.isEmpty()) {
        byOwner.remove(owner);
      }
    }
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** The partitions of which anything was owed at any time since this was last asked. */
  public SortedSet<Integer> heldSinceLastAsked() {
    var held = new TreeSet<>(heldSince);
    heldSince.clear();
    heldSince.addAll(beingWritten.keySet());
    entries.keySet().forEach(address -> heldSince.add(address.partition()));
    return held;
  }

  /** How many keys are owed to anybody. */
  public int count() {
    return entries.size();
  }

  public long bytes() {
    return bytes;
  }

  public List<MemberId> owners() {
    return List.copyOf(byOwner.keySet());
  }

  /** Whether the debt still stands. */
  public boolean owes(Due due) {
    Entry entry = entries.get(due.address());
    return entry != null && entry.hint().owed().contains(due.owner());
  }

  /**
   * The next debt to an owner that the filter lets pass, going round: on from where the last call
   * ended, towards the youngest, and then from the oldest again. So whatever does not pass, or
   * comes back, stands in nobody's way. Looks at so many at most that a call takes no time to speak
   * of.
   */
  public Optional<Due> next(MemberId owner, Predicate<Due> filter) {
    Owed owed = byOwner.get(owner);
    if (owed == null) {
      return Optional.empty();
    }
    for (int looks = Math.min(MOST_LOOKS, owed.byAge.size()); looks > 0; looks--) {
      var due = new Due(owed.goOn().address(), owner);
      if (filter.test(due)) {
        return Optional.of(due);
      }
    }
    return Optional.empty();
  }

  /** What each owner is owed. */
  public SortedMap<MemberId, Debt> debts() {
    var debts = new TreeMap<MemberId, Debt>();
    byOwner.forEach((owner, owed) -> debts.put(owner, owed.debt()));
    return debts;
  }
}
