package io.cartwheel.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.storage.StorageEngineContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class MemoryEngineTest extends StorageEngineContract {
  private static final Address ADDRESS = new Address(3, ItemKey.of("bucket", "key"));
  private static final int KEY_BYTES = ADDRESS.key().encoded().length();

  private MemoryEngine engine = new MemoryEngine();

  @Override
  protected StorageEngine open(Executor shardThread) {
    engine = new MemoryEngine();
    return engine;
  }

  @Override
  protected void close() {
    engine.close();
  }

  @Override
  protected boolean outlivesClosing() {
    return false;
  }

  @Override
  protected List<Entry> quarantined() {
    return engine.quarantined().stream()
        .map(record -> new Entry(record.address().key(), record.record()))
        .toList();
  }

  @Test
  void answersFromWithinTheCall() {
    var answers = new ArrayList<Object>();
    engine.write(ADDRESS, Bytes.utf8("v"), answers::add);
    engine.read(ADDRESS, answers::add);
    engine.quarantine(ADDRESS, Bytes.utf8("w"), answers::add);
    engine.commit(ADDRESS, Optional.empty(), Optional.of(Bytes.utf8("owed")), answers::add);
    engine.scan(3, Start.FIRST, 1, answers::add);
    engine.scanHints(3, Start.FIRST, 1, answers::add);
    engine.drop(3, answers::add);

    assertThat(answers).hasSize(7);
  }

  @Test
  void countsWhatItHolds() {
    engine.write(ADDRESS, Bytes.utf8("12345"), result -> {});
    engine.write(ADDRESS, Bytes.utf8("123"), result -> {});
    engine.write(new Address(4, ADDRESS.key()), Bytes.EMPTY, result -> {});

    assertThat(engine.recordCount()).isEqualTo(2);
    assertThat(engine.storedBytes()).isEqualTo(2 * KEY_BYTES + 3);

    engine.drop(3, result -> {});
    assertThat(engine.recordCount()).isEqualTo(1);
    assertThat(engine.storedBytes()).isEqualTo(KEY_BYTES);
  }

  @Test
  void countsTheBytesOfHintsToo() {
    Bytes record = Bytes.utf8("12345");
    engine.commit(ADDRESS, Optional.of(record), Optional.of(Bytes.utf8("123")), result -> {});
    assertThat(engine.recordCount()).isEqualTo(1);
    assertThat(engine.storedBytes()).isEqualTo(2 * KEY_BYTES + 8);

    engine.commit(ADDRESS, Optional.empty(), Optional.of(Bytes.utf8("1")), result -> {});
    assertThat(engine.recordCount()).isZero();
    assertThat(engine.storedBytes()).isEqualTo(KEY_BYTES + 1);

    engine.drop(3, result -> {});
    assertThat(engine.storedBytes()).isZero();
  }

  @Test
  void theQuarantineForgetsTheOldestPastItsLimit() {
    int entryBytes = KEY_BYTES + 10;
    var small = new MemoryEngine(3L * entryBytes);
    for (int i = 0; i < 6; i++) {
      small.quarantine(ADDRESS, Bytes.utf8("damaged 0" + i), result -> {});
    }

    assertThat(small.quarantined())
        .extracting(record -> record.record().toUtf8())
        .containsExactly("damaged 02", "damaged 03", "damaged 04");
  }

  @Test
  void whatIsLargerThanTheQuarantineIsNotKept() {
    var none = new MemoryEngine(0);
    none.write(ADDRESS, Bytes.utf8("damaged"), result -> {});
    none.quarantine(ADDRESS, Bytes.utf8("replacement"), result -> {});

    assertThat(none.quarantined()).isEmpty();
  }

  @Test
  void keepsNoFrameAliveForASliceOfIt() {
    byte[] frame = new byte[1 << 20];
    engine.write(ADDRESS, Bytes.wrap(frame, 100, 8), result -> {});
    frame[100] = 1;

    engine.read(
        ADDRESS,
        result ->
            assertThat(result)
                .isEqualTo(new StorageEngine.ReadResult.Found(Bytes.wrap(new byte[8]))));
  }
}
