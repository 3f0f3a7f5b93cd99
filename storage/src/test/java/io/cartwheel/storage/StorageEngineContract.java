package io.cartwheel.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every engine promises, sentence by sentence of {@link StorageEngine}.
 *
 * <p>All calls are made on one shard's thread; each test ends by checking that each was answered
 * exactly once, and there.
 */
public abstract class StorageEngineContract {
  private static final int PARTITION = 7;
  private static final List<Integer> NEIGHBOURS = List.of(0, 1, 255, 256, 65_534, 65_535);
  private static final WriteResult WRITTEN = new WriteResult.Written();
  private static final ReadResult ABSENT = new ReadResult.Absent();
  private static final Comparator<ItemKey> ENCODED = Comparator.comparing(ItemKey::encoded);

  private ShardCaller shard;

  /** Opens the engine, empty the first time in a test, and a view of it for the shard's thread. */
  protected abstract StorageEngine open(Executor shardThread) throws Exception;

  /**
   * Closes the engine and leaves what it stored; its view may still be asked. Twice does no harm.
   */
  protected abstract void close() throws Exception;

  /** Whether what was stored is there again when the engine is opened once more. */
  protected abstract boolean outlivesClosing();

  /** What was set aside, oldest first. */
  protected abstract List<Entry> quarantined() throws Exception;

  @BeforeEach
  void openEngine() throws Exception {
    shard = new ShardCaller(this::open);
  }

  @AfterEach
  void closeEngine() throws Exception {
    close();
    shard.close();
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    write(at("k"), bytes("v"));

    assertThat(shard.read(at("k"))).isEqualTo(found("v"));
  }

  @Test
  void aKeyThatWasNeverWrittenIsAbsent() {
    write(at("k"), bytes("v"));

    assertThat(shard.read(at("l"))).isEqualTo(ABSENT);
    assertThat(shard.read(new Address(PARTITION + 1, ItemKey.of("b", "k")))).isEqualTo(ABSENT);
  }

  @Test
  void aSecondWriteReplacesTheFirst() {
    write(at("k"), bytes("a longer one"));
    write(at("k"), bytes("short"));

    assertThat(shard.read(at("k"))).isEqualTo(found("short"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1024, 65_536, 262_144, 262_145, 8 << 20})
  void recordsOfAnyLengthComeBack(int length) {
    Bytes record = random(length);
    write(at("k"), record);

    assertThat(shard.read(at("k"))).isEqualTo(new ReadResult.Found(record));
    assertThat(scan(PARTITION, Start.FIRST, 2)).containsExactly(new Entry(at("k").key(), record));
  }

  @Test
  void aRecordCutFromAFrameComesBackWithoutTheRestOfTheFrame() {
    Bytes frame = bytes("headerRECORDtrailer");
    write(at("k"), frame.slice(6, 12));

    assertThat(shard.read(at("k"))).isEqualTo(found("RECORD"));
  }

  @Test
  void keysOfAllBytesAndLengthsAreToldApart() {
    List<ItemKey> keys = peculiarKeys();
    for (int i = 0; i < keys.size(); i++) {
      write(new Address(PARTITION, keys.get(i)), bytes("record " + i));
    }

    for (int i = 0; i < keys.size(); i++) {
      assertThat(shard.read(new Address(PARTITION, keys.get(i)))).isEqualTo(found("record " + i));
    }
    assertThat(scanKeys(PARTITION)).isEqualTo(keys.stream().sorted(ENCODED).toList());
  }

  @Test
  void writesUnderWayTogetherAllLand() {
    var underWay = new ArrayList<CompletableFuture<WriteResult>>();
    for (int i = 0; i < 20_000; i++) {
      underWay.add(shard.startWrite(at("k" + i), bytes("v" + i)));
    }

    assertThat(underWay).allSatisfy(w -> assertThat(ShardCaller.await(w)).isEqualTo(WRITTEN));
    for (int i = 0; i < 20_000; i += 97) {
      assertThat(shard.read(at("k" + i))).isEqualTo(found("v" + i));
    }
    assertThat(scan(PARTITION, Start.FIRST, 30_000)).hasSize(20_000);
  }

  @Test
  void aScanOfAnEmptyPartitionFindsNothing() {
    write(at("k"), bytes("v"));

    assertThat(scan(PARTITION - 1, Start.FIRST, 10)).isEmpty();
    assertThat(scan(PARTITION + 1, Start.FIRST, 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 99, 100, 101})
  void pagesOfAnyLengthAddUpToThePartitionInOrder(int limit) {
    writeKeys(PARTITION, 100);
    var pages = new ArrayList<ItemKey>();
    Start from = Start.FIRST;
    List<Entry> page;
    do {
      page = scan(PARTITION, from, limit);
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      page.forEach(entry -> pages.add(entry.key()));
      from = page.isEmpty() ? from : new Start.After(page.getLast().key());
    } while (page.size() == limit);

    assertThat(pages).hasSize(100).isSortedAccordingTo(ENCODED).doesNotHaveDuplicates();
  }

  @Test
  void batchesUntilTheLastShowEveryRecordOnceHoweverLongTheyAre() {
    List<Entry> written = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Bytes record = random(i % 3 == 0 ? 900_000 : 10);
      write(at("k" + i), record);
      written.add(new Entry(at("k" + i).key(), record));
    }
    written.sort(Comparator.comparing(entry -> entry.key().encoded()));

    List<Entry> seen = new ArrayList<>();
    Start start = Start.FIRST;
    boolean last = false;
    while (!last) {
      var batch = (ScanResult.Batch) shard.scan(PARTITION, start, 5);
      seen.addAll(batch.entries());
      last = batch.last();
      start = last ? start : new Start.After(batch.entries().getLast().key());
    }
    assertThat(seen).isEqualTo(written);
  }

  @Test
  void aScanGoesOnAfterAKeyThatIsNotThere() {
    write(at("a"), bytes("1"));
    write(at("c"), bytes("2"));

    List<Entry> rest = scan(PARTITION, new Start.After(at("b").key()), 10);
    assertThat(rest).containsExactly(new Entry(at("c").key(), bytes("2")));
    assertThat(scan(PARTITION, new Start.After(at("c").key()), 10)).isEmpty();
  }

  @Test
  void aScanShowsTheNewestRecords() {
    writeKeys(PARTITION, 3);
    write(at("key 1"), bytes("newer"));

    assertThat(scan(PARTITION, Start.FIRST, 10))
        .hasSize(3)
        .contains(new Entry(at("key 1").key(), bytes("newer")));
  }

  @Test
  void aScanOfNoRecordsIsAMistake() {
    assertThatThrownBy(() -> shard.scan(PARTITION, Start.FIRST, 0))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPartitionIsScannedAndDroppedWithoutItsNeighbours() {
    NEIGHBOURS.forEach(partition -> writeKeys(partition, 5));
    var left = new ArrayList<>(NEIGHBOURS);
    for (int dropped : NEIGHBOURS) {
      assertThat(shard.drop(dropped)).isEqualTo(WRITTEN);
      left.remove(Integer.valueOf(dropped));

      assertThat(scanKeys(dropped)).isEmpty();
      assertThat(shard.read(new Address(dropped, ItemKey.of("b", "key 0")))).isEqualTo(ABSENT);
      assertThat(left).allSatisfy(partition -> assertThat(scanKeys(partition)).hasSize(5));
    }
  }

  @Test
  void droppingAnEmptyPartitionIsNoFailure() {
    assertThat(shard.drop(PARTITION)).isEqualTo(WRITTEN);
  }

  @Test
  void whatIsWrittenCanBeMadeSafeAtOnce() {
    assertThat(shard.sync()).isEqualTo(WRITTEN);
    writeKeys(PARTITION, 5);
    assertThat(shard.sync()).isEqualTo(WRITTEN);
    assertThat(scanKeys(PARTITION)).hasSize(5);
  }

  @Test
  void aDroppedPartitionFillsAnew() {
    writeKeys(PARTITION, 5);
    assertThat(shard.drop(PARTITION)).isEqualTo(WRITTEN);
    write(at("key 3"), bytes("after"));

    assertThat(scan(PARTITION, Start.FIRST, 10))
        .containsExactly(new Entry(at("key 3").key(), bytes("after")));
  }

  @Test
  void quarantineSetsTheRecordAsideAndPutsAnotherInItsPlace() throws Exception {
    write(at("k"), bytes("damaged"));
    assertThat(shard.quarantine(at("k"), bytes("replacement"))).isEqualTo(WRITTEN);

    assertThat(shard.read(at("k"))).isEqualTo(found("replacement"));
    assertThat(scan(PARTITION, Start.FIRST, 10))
        .containsExactly(new Entry(at("k").key(), bytes("replacement")));
    assertThat(quarantined()).containsExactly(new Entry(at("k").key(), bytes("damaged")));
  }

  @Test
  void aKeyCanBeQuarantinedAgainAndAgain() throws Exception {
    write(at("k"), bytes("first"));
    assertThat(shard.quarantine(at("k"), bytes("second"))).isEqualTo(WRITTEN);
    assertThat(shard.quarantine(at("k"), bytes("third"))).isEqualTo(WRITTEN);

    assertThat(shard.read(at("k"))).isEqualTo(found("third"));
    assertThat(quarantined())
        .extracting(Entry::record)
        .containsExactly(bytes("first"), bytes("second"));
  }

  @Test
  void whatIsOpenedAgainHasEverything() throws Exception {
    assumeTrue(outlivesClosing());
    writeKeys(PARTITION, 100);
    write(at("damaged"), bytes("damaged"));
    shard.quarantine(at("damaged"), bytes("replacement"));
    writeKeys(PARTITION + 1, 10);
    shard.drop(PARTITION + 1);
    List<Entry> before = scan(PARTITION, Start.FIRST, 1000);

    closeEngine();
    openEngine();

    assertThat(scan(PARTITION, Start.FIRST, 1000)).isEqualTo(before).hasSize(101);
    assertThat(scanKeys(PARTITION + 1)).isEmpty();
    assertThat(quarantined()).extracting(Entry::record).containsExactly(bytes("damaged"));
  }

  @Test
  void whatIsAskedAfterClosingFails() throws Exception {
    write(at("k"), bytes("v"));
    close();

    assertThat(shard.read(at("k"))).isInstanceOf(ReadResult.Failed.class);
    assertThat(shard.write(at("k"), bytes("v"))).isInstanceOf(WriteResult.Failed.class);
    assertThat(shard.write(at("k"), random(1 << 20))).isInstanceOf(WriteResult.Failed.class);
    assertThat(shard.quarantine(at("k"), bytes("v"))).isInstanceOf(WriteResult.Failed.class);
    assertThat(shard.scan(PARTITION, Start.FIRST, 1)).isInstanceOf(ScanResult.Failed.class);
    assertThat(shard.drop(PARTITION)).isInstanceOf(WriteResult.Failed.class);
  }

  @Test
  void whatIsUnderWayWhileClosingIsAnsweredEitherWay() throws Exception {
    var underWay = new ArrayList<CompletableFuture<WriteResult>>();
    for (int i = 0; i < 5000; i++) {
      underWay.add(shard.startWrite(at("k" + i), random(i % 100 == 0 ? 300_000 : 100)));
    }
    close();

    assertThat(underWay).allSatisfy(w -> assertThat(ShardCaller.await(w)).isNotNull());
  }

  private void write(Address address, Bytes record) {
    assertThat(shard.write(address, record)).isEqualTo(WRITTEN);
  }

  private void writeKeys(int partition, int count) {
    for (int i = 0; i < count; i++) {
      write(new Address(partition, ItemKey.of("b", "key " + i)), bytes("record " + i));
    }
  }

  private List<Entry> scan(int partition, Start after, int limit) {
    ScanResult result = shard.scan(partition, after, limit);
    assertThat(result).isInstanceOf(ScanResult.Batch.class);
    return ((ScanResult.Batch) result).entries();
  }

  private List<ItemKey> scanKeys(int partition) {
    return scan(partition, Start.FIRST, 10_000).stream().map(Entry::key).toList();
  }

  /** Every byte, keys that begin like others, the longest names, names that run into each other. */
  private static List<ItemKey> peculiarKeys() {
    var keys = new ArrayList<ItemKey>();
    IntStream.range(0, 256).forEach(b -> keys.add(key("b", Bytes.wrap(new byte[] {(byte) b}))));
    IntStream.rangeClosed(2, 5).forEach(n -> keys.add(key("b", Bytes.wrap(new byte[n]))));
    for (int length : new int[] {127, 128, 129, 255, 256, 1023, ItemKey.MAX_KEY_BYTES}) {
      keys.add(key("b", random(length)));
    }
    keys.add(ItemKey.of("ab", "c"));
    keys.add(ItemKey.of("a", "bc"));
    Bytes longest = random(ItemKey.MAX_NAME_BYTES);
    keys.add(new ItemKey(longest, longest, random(ItemKey.MAX_KEY_BYTES)));
    return keys;
  }

  private static ItemKey key(String bucket, Bytes key) {
    return new ItemKey(ItemKey.DEFAULT_TYPE, Bytes.utf8(bucket), key);
  }

  private static Address at(String key) {
    return new Address(PARTITION, ItemKey.of("b", key));
  }

  private static ReadResult found(String record) {
    return new ReadResult.Found(bytes(record));
  }

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  private static Bytes random(int length) {
    byte[] array = new byte[length];
    new Random(length).nextBytes(array);
    return Bytes.wrap(array);
  }
}
