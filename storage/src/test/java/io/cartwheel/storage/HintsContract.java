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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine promises of hints (Dynamo §4.6): they live and die with their records. */
public abstract class HintsContract {
  private static final int PARTITION = 7;
  private static final WriteResult WRITTEN = new WriteResult.Written();
  private static final ReadResult ABSENT = new ReadResult.Absent();
  private static final Optional<Bytes> NONE = Optional.empty();

  private ShardCaller shard;

  /** As {@link StorageEngineContract#open}. */
  protected abstract StorageEngine open(Executor shardThread) throws Exception;

  /** As {@link StorageEngineContract#close}. */
  protected abstract void close() throws Exception;

  /** As {@link StorageEngineContract#outlivesClosing}. */
  protected abstract boolean outlivesClosing();

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
  void aRecordAndItsHintAreCommittedTogether() {
    commit("k", some("v"), some("owed"));

    assertThat(shard.read(at("k"))).isEqualTo(found("v"));
    assertThat(hints()).containsExactly(entry("k", "owed"));
    assertThat(records()).containsExactly(entry("k", "v"));
  }

  @Test
  void aRecordAndItsHintAreReplacedTogether() {
    commit("k", some("a longer one"), some("owed to two"));
    commit("k", some("short"), some("owed"));

    assertThat(shard.read(at("k"))).isEqualTo(found("short"));
    assertThat(hints()).containsExactly(entry("k", "owed"));
  }

  @Test
  void aRecordAndItsHintAreRemovedTogether() {
    commit("k", some("v"), some("owed"));
    commit("l", some("w"), some("owed too"));
    commit("k", NONE, NONE);

    assertThat(shard.read(at("k"))).isEqualTo(ABSENT);
    assertThat(records()).containsExactly(entry("l", "w"));
    assertThat(hints()).containsExactly(entry("l", "owed too"));
  }

  @Test
  void aRecordThatIsOwedNoLongerStays() {
    commit("k", some("v"), some("owed"));
    commit("k", some("v"), NONE);

    assertThat(shard.read(at("k"))).isEqualTo(found("v"));
    assertThat(hints()).isEmpty();
  }

  @Test
  void aHintMayStandWithoutARecord() {
    write("k", "v");
    commit("k", NONE, some("owed"));

    assertThat(shard.read(at("k"))).isEqualTo(ABSENT);
    assertThat(records()).isEmpty();
    assertThat(hints()).containsExactly(entry("k", "owed"));
  }

  @Test
  void removingWhatIsNotThereIsNoFailure() {
    commit("k", NONE, NONE);

    assertThat(shard.read(at("k"))).isEqualTo(ABSENT);
    assertThat(hints()).isEmpty();
  }

  @Test
  void whatWasRemovedCanBeCommittedAgain() {
    commit("k", some("v"), some("owed"));
    commit("k", NONE, NONE);
    commit("k", some("w"), some("owed again"));

    assertThat(shard.read(at("k"))).isEqualTo(found("w"));
    assertThat(hints()).containsExactly(entry("k", "owed again"));
  }

  @Test
  void aWriteLeavesTheHintAndMakesNone() {
    commit("k", some("v"), some("owed"));
    write("k", "newer");
    write("l", "never owed");

    assertThat(shard.read(at("k"))).isEqualTo(found("newer"));
    assertThat(hints()).containsExactly(entry("k", "owed"));
  }

  @Test
  void quarantineLeavesTheHint() {
    commit("k", some("damaged"), some("owed"));
    assertThat(shard.quarantine(at("k"), bytes("replacement"))).isEqualTo(WRITTEN);

    assertThat(shard.read(at("k"))).isEqualTo(found("replacement"));
    assertThat(hints()).containsExactly(entry("k", "owed"));
  }

  @Test
  void anEmptyHintIsAHint() {
    commit("k", some("v"), Optional.of(Bytes.EMPTY));

    assertThat(hints()).containsExactly(new Entry(at("k").key(), Bytes.EMPTY));
  }

  @ParameterizedTest
  @CsvSource({"0, 65536", "262144, 1", "1, 262144", "1, 4194304", "4194304, 4194304"})
  void recordsAndHintsOfAnyLengthComeBack(int recordLength, int hintLength) {
    Bytes record = random(recordLength);
    Bytes hint = random(hintLength);
    commit("k", Optional.of(record), Optional.of(hint));

    assertThat(shard.read(at("k"))).isEqualTo(new ReadResult.Found(record));
    assertThat(hints()).containsExactly(new Entry(at("k").key(), hint));
  }

  @Test
  void recordsAndHintsCutFromAFrameComeBackWithoutTheRestOfTheFrame() {
    Bytes frame = bytes("headerRECORDbetweenHINTtrailer");
    commit("k", Optional.of(frame.slice(6, 12)), Optional.of(frame.slice(19, 23)));

    assertThat(shard.read(at("k"))).isEqualTo(found("RECORD"));
    assertThat(hints()).containsExactly(entry("k", "HINT"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 99, 100, 101})
  void pagesOfHintsAddUpToThePartitionInTheOrderOfKeys(int limit) {
    for (int i = 0; i < 100; i++) {
      commit("key " + i, some("v"), some("owed " + i));
      write("unowed " + i, "v");
    }
    var pages = new ArrayList<Entry>();
    Start from = Start.FIRST;
    List<Entry> page;
    do {
      page = scanHints(PARTITION, from, limit);
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      pages.addAll(page);
      from = page.isEmpty() ? from : new Start.After(page.getLast().key());
    } while (page.size() == limit);

    assertThat(pages)
        .hasSize(100)
        .isSortedAccordingTo(Comparator.comparing(entry -> entry.key().encoded()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aScanOfHintsGoesOnAfterAKeyWhoseHintIsGone() {
    commit("a", some("1"), some("owed a"));
    commit("b", some("2"), some("owed b"));
    commit("c", some("3"), some("owed c"));
    commit("b", some("2"), NONE);

    assertThat(scanHints(PARTITION, new Start.After(at("b").key()), 10))
        .containsExactly(entry("c", "owed c"));
    assertThat(scanHints(PARTITION, new Start.After(at("c").key()), 10)).isEmpty();
  }

  @Test
  void aScanOfNoHintsIsAMistake() {
    assertThatThrownBy(() -> shard.scanHints(PARTITION, Start.FIRST, 0))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPartitionsHintsAreScannedAndDroppedWithoutItsNeighbours() {
    var left = new ArrayList<>(List.of(0, 1, 255, 256, 65_534, 65_535));
    for (int partition : left) {
      var address = new Address(partition, at("k").key());
      assertThat(shard.commit(address, some("v"), some("owed"))).isEqualTo(WRITTEN);
    }
    while (!left.isEmpty()) {
      int dropped = left.removeFirst();
      assertThat(shard.drop(dropped)).isEqualTo(WRITTEN);

      assertThat(scanHints(dropped, Start.FIRST, 10)).isEmpty();
      assertThat(shard.read(new Address(dropped, at("k").key()))).isEqualTo(ABSENT);
      assertThat(left)
          .allSatisfy(partition ->
              assertThat(scanHints(partition, Start.FIRST, 10))
                  .containsExactly(entry("k", "owed")));
    }
  }

  @Test
  void commitsUnderWayTogetherAllLand() {
    var underWay = new ArrayList<CompletableFuture<WriteResult>>();
    for (int i = 0; i < 5000; i++) {
      Bytes record = random(i % 500 == 0 ? 300_000 : 100);
      underWay.add(shard.startCommit(at("k" + i), Optional.of(record), some("owed " + i)));
    }

    assertThat(underWay).allSatisfy(c -> assertThat(ShardCaller.await(c)).isEqualTo(WRITTEN));
    assertThat(hints()).hasSize(5000);
    assertThat(records()).hasSize(5000);
  }

  @Test
  void whatIsOpenedAgainHasItsHints() throws Exception {
    assumeTrue(outlivesClosing());
    commit("owed", some("v"), some("owed"));
    commit("delivered", some("v"), some("owed"));
    commit("delivered", some("v"), NONE);
    commit("removed", some("v"), some("owed"));
    commit("removed", NONE, NONE);
    shard.commit(new Address(PARTITION + 1, at("dropped").key()), some("v"), some("owed"));
    shard.drop(PARTITION + 1);

    closeEngine();
    openEngine();

    assertThat(records()).containsExactlyInAnyOrder(entry("owed", "v"), entry("delivered", "v"));
    assertThat(hints()).containsExactly(entry("owed", "owed"));
    assertThat(scanHints(PARTITION + 1, Start.FIRST, 10)).isEmpty();
  }

  @Test
  void whatIsAskedAfterClosingFails() throws Exception {
    commit("k", some("v"), some("owed"));
    close();

    assertThat(shard.commit(at("k"), some("v"), NONE)).isInstanceOf(WriteResult.Failed.class);
    assertThat(shard.commit(at("k"), Optional.of(random(1 << 20)), NONE))
        .isInstanceOf(WriteResult.Failed.class);
    assertThat(shard.scanHints(PARTITION, Start.FIRST, 1)).isInstanceOf(ScanResult.Failed.class);
  }

  private void write(String key, String record) {
    assertThat(shard.write(at(key), bytes(record))).isEqualTo(WRITTEN);
  }

  private void commit(String key, Optional<Bytes> record, Optional<Bytes> hint) {
    assertThat(shard.commit(at(key), record, hint)).isEqualTo(WRITTEN);
  }

  private List<Entry> hints() {
    return scanHints(PARTITION, Start.FIRST, 10_000);
  }

  private List<Entry> scanHints(int partition, Start after, int limit) {
    return entries(shard.scanHints(partition, after, limit));
  }

  private List<Entry> records() {
    var records = new ArrayList<Entry>();
    Start start = Start.FIRST;
    while (true) {
      var batch = (ScanResult.Batch) shard.scan(PARTITION, start, 10_000);
      records.addAll(batch.entries());
      if (batch.last()) {
        return records;
      }
      start = new Start.After(records.getLast().key());
    }
  }

  private static List<Entry> entries(ScanResult result) {
    assertThat(result).isInstanceOf(ScanResult.Batch.class);
    return ((ScanResult.Batch) result).entries();
  }

  private static Address at(String key) {
    return new Address(PARTITION, ItemKey.of("b", key));
  }

  private static Entry entry(String key, String bytes) {
    return new Entry(at(key).key(), bytes(bytes));
  }

  private static ReadResult found(String record) {
    return new ReadResult.Found(bytes(record));
  }

  private static Optional<Bytes> some(String text) {
    return Optional.of(bytes(text));
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
