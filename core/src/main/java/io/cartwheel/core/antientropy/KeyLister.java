package io.cartwheel.core.antientropy;

import io.cartwheel.core.background.AdmissionController;
import io.cartwheel.core.background.Work;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.merkle.Segments;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.KeyDigests;
import io.cartwheel.core.message.Message.KeyDigest;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Lists the keys of some segments of a tree with the hashes of their states, page by page. */
final class KeyLister {
  private static final int BATCH = 256;

  /** A page ends with the batch that brings so many keys, */
  private static final int PAGE_KEYS = 512;

  /** or so many bytes of keys and hashes, */
  private static final int PAGE_BYTES = 32 * 1024;

  /** or when so many records were looked at, */
  private static final int PAGE_RECORDS = 8_192;

  /** or so many bytes of them: whoever asks waits for no longer than a slow disk takes for that. */
  private static final int PAGE_BYTES_READ = 16 << 20;

  private final StorageEngine engine;
  private final AdmissionController background;
  private final Trees trees;
  private final Replica replica;

  KeyLister(StorageEngine engine, AdmissionController background, Trees trees, Replica replica) {
    this.engine = engine;
    this.background = background;
    this.trees = trees;
    this.replica = replica;
  }

  /**
   * One page.
   *
   * @param keys in the order of encoded keys
   * @param upTo how far it reaches; empty: to the end
   */
  record Page(KeyDigests keys, Optional<ItemKey> upTo) {}

  /**
   * Lists.
   *
   * @param after where to go on; empty: at the first
   * @param done hears the page; empty: the engine could not look
   */
  void list(
      TreeId tree, Segments segments, Optional<ItemKey> after, Consumer<Optional<Page>> done) {
    new Listing(tree, segments, done).goOn(after);
  }

  private final class Listing {
    private final TreeId tree;
    private final Segments segments;
    private final Consumer<Optional<Page>> done;
    private final List<KeyDigest> keys = new ArrayList<>();
    private int bytes;
    private int records;
    private long bytesRead;

    Listing(TreeId tree, Segments segments, Consumer<Optional<Page>> done) {
      this.tree = tree;
      this.segments = segments;
      this.done = done;
    }

    void goOn(Optional<ItemKey> after) {
      Start start = after.<Start>map(Start.After::new).orElse(Start.FIRST);
      engine.scan(
          tree.partition(),
          start,
          BATCH,
          result -> {
            switch (result) {
              case ScanResult.Failed _ -> done.accept(Optional.empty());
              case ScanResult.Batch batch -> take(batch);
            }
          });
    }

    private void take(ScanResult.Batch batch) {
      batch.entries().forEach(this::take);
      records += batch.entries().size();
      if (batch.last()) {
        end(Optional.empty());
        return;
      }
      Optional<ItemKey> last = Optional.of(batch.entries().getLast().key());
      if (isFull()) {
        end(last);
      } else {
        background.admit(Work.EXCHANGE, () -> goOn(last));
      }
    }

    private boolean isFull() {
      return keys.size() >= PAGE_KEYS
          || bytes >= PAGE_BYTES
          || records >= PAGE_RECORDS
          || bytesRead >= PAGE_BYTES_READ;
    }

    private void end(Optional<ItemKey> upTo) {
      done.accept(Optional.of(new Page(KeyDigests.of(keys), upTo)));
    }

    private void take(Entry entry) {
      bytesRead += entry.record().length();
      var address = new Address(tree.partition(), entry.key());
      if (!segments.contain(entry.key()) || !trees.isIn(tree, entry.key())) {
        return;
      }
      try {
        VersionSet state = StoredRecord.decode(entry.record()).state();
        // A key that lost its record holds nothing, as one that has none: neither is in a tree.
        if (!state.isEmpty()) {
          var digest = new KeyDigest(entry.key(), state.hash());
          keys.add(digest);
          bytes += ExchangeFigures.bytes(digest);
        }
      } catch (MalformedException _) {
        // Read in its turn it is set aside, and the trees made anew.
        replica.readInTurn(address, _ -> {});
      }
    }
  }
}
