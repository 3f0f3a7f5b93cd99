package io.cartwheel.core.antientropy;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaOutcome;
import io.cartwheel.core.replica.ReplicaService.LossListener;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.version.VersionSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks at every record of a partition once, while writes go on, and makes the partition's trees of
 * what it sees; damaged records come to light on the way.
 *
 * <p>Up to where the walk has come the new trees hear of writes themselves; what lies ahead will be
 * seen. In between are keys that change while their batch is read, or have a turn under way:
 * whether the batch shows their old state or their new one nobody knows, so each is read again in a
 * turn of its own, when none of its writes is under way.
 */
final class PartitionWalk {
  static final int BATCH = 256;

  private final Around around;
  private final int partition;
  private final Consumer<Optional<Map<Integer, MerkleTree>>> done;
  private final Map<Integer, MerkleTree> made = new LinkedHashMap<>();
  private final Set<ItemKey> changedMeanwhile = new LinkedHashSet<>();
  private final Set<ItemKey> lookedAtAgain = new LinkedHashSet<>();
  private Optional<ItemKey> last = Optional.empty();
  private boolean reading;
  private boolean taking;
  private boolean atEnd;
  private boolean ended;

  /** What all walks use. */
  record Around(
      StorageEngine engine, Replica replica, Trees trees, Pauses pauses, LossListener losses) {}

  /** Lets other work go first between two batches. */
  interface Pauses {
    void then(Runnable next);
  }

  /**
   * A walk through a partition.
   *
   * @param done hears the trees by their owners, once; empty if they can't be vouched for
   */
  PartitionWalk(Around around, int partition, Consumer<Optional<Map<Integer, MerkleTree>>> done) {
    this.around = around;
    this.partition = partition;
    this.done = done;
  }

  void start() {
    around.trees().began(partition, this);
    next();
  }

  /** Something is not known any more that this walk relies on. */
  void giveUp() {
    end(Optional.empty());
  }

  /** A write of the partition is in the engine. */
  void changed(ItemKey key, VersionSet before, VersionSet after) {
    if (lookedAtAgain.contains(key)) {
      return;
    }
    if (isBehind(key)) {
      treeOf(key).ifPresent(tree -> tree.changed(key, before, after));
    } else if (reading) {
      changedMeanwhile.add(key);
    }
  }

  private boolean isBehind(ItemKey key) {
    return atEnd || last.isPresent() && Trees.isUpTo(key, last.get());
  }

  private void next() {
    if (!ended) {
      reading = true;
      Start after = last.<Start>map(Start.After::new).orElse(Start.FIRST);
      around.engine().scan(partition, after, BATCH, this::scanned);
    }
  }

  private void scanned(ScanResult result) {
    if (ended) {
      return;
    }
    reading = false;
    switch (result) {
      case ScanResult.Failed _ -> end(Optional.empty());
      case ScanResult.Batch(List<Entry> entries, boolean last) -> take(entries, last);
    }
  }

  private void take(List<Entry> entries, boolean isLast) {
    atEnd = isLast;
    if (!entries.isEmpty()) {
      last = Optional.of(entries.getLast().key());
    }
    taking = true;
    var again = new LinkedHashSet<ItemKey>();
    changedMeanwhile.stream().filter(this::isBehind).forEach(again::add);
    changedMeanwhile.clear();
    again.forEach(this::lookAgain);
    for (Entry entry : entries) {
      if (!ended && !again.contains(entry.key())) {
        take(entry);
      }
    }
    taking = false;
    if (!atEnd) {
      around.pauses().then(this::next);
    }
    endOnceAllIsSeen();
  }

  private void take(Entry entry) {
    ItemKey key = entry.key();
    if (around.replica().isBusy(key)) {
      lookAgain(key);
      return;
    }
    try {
      StoredRecord record = StoredRecord.decode(entry.record());
      put(key, record.state(), record.lossMark());
    } catch (MalformedException _) {
      // Read in its turn it is set aside, and the key known to have lost something.
      lookAgain(key);
    }
  }

  private void lookAgain(ItemKey key) {
    lookedAtAgain.add(key);
    around
        .replica()
        .readInTurn(
            new Address(partition, key),
            outcome -> {
              if (ended) {
                return;
              }
              lookedAtAgain.remove(key);
              if (outcome instanceof ReplicaOutcome.Held(VersionSet state, long lossMark)) {
                put(key, state, lossMark);
                endOnceAllIsSeen();
              } else {
                end(Optional.empty());
              }
            });
  }

  private void put(ItemKey key, VersionSet state, long lossMark) {
    around.replica().seen(new Address(partition, key), state);
    treeOf(key)
        .ifPresent(tree -> {
          tree.changed(key, VersionSet.EMPTY, state);
          if (lossMark != 0) {
            around.losses().lost(key, lossMark);
          }
        });
  }

  private Optional<MerkleTree> treeOf(ItemKey key) {
    Optional<TreeId> id = around.trees().treeOf(new Address(partition, key));
    return id.map(tree -> made.computeIfAbsent(tree.owners(), _ -> new MerkleTree()));
  }

  private void endOnceAllIsSeen() {
    if (atEnd && !taking && lookedAtAgain.isEmpty()) {
      end(Optional.of(made));
    }
  }

  private void end(Optional<Map<Integer, MerkleTree>> outcome) {
    if (!ended) {
      ended = true;
      done.accept(outcome);
    }
  }
}
