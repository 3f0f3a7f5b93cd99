package io.cartwheel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.Entry;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimEngineTest {
  private static final Address K = new Address(7, ItemKey.of("b", "k"));
  private static final Optional<Bytes> RECORD = Optional.of(Bytes.utf8("record"));
  private static final Optional<Bytes> OWED = Optional.of(Bytes.utf8("owed"));

  private final VirtualTime time = new VirtualTime(new SplittableRandom(1));
  private final SimDisk disk = new SimDisk(1, new Ledger(new Violations()));

  @Test
  void aCommitIsAnsweredOnceItIsOnTheDisk() {
    var answers = new ArrayList<Object>();
    SimEngine engine = engine(1, new Life(time));
    engine.commit(K, RECORD, OWED, answers::add);
    time.runUntil(VirtualTime.SECONDS);
    engine.scanHints(K.partition(), Start.FIRST, 10, answers::add);
    time.runUntil(2 * VirtualTime.SECONDS);

    var hint = new Entry(K.key(), OWED.orElseThrow());
    assertThat(answers)
        .containsExactly(new WriteResult.Written(), new ScanResult.Batch(List.of(hint), true));
  }

  @Test
  void aFullDiskAnswersThatTheCommitFailed() {
    var answers = new ArrayList<WriteResult>();
    disk.full(true);
    engine(1, new Life(time)).commit(K, RECORD, OWED, answers::add);
    time.runUntil(VirtualTime.SECONDS);

    assertThat(answers).hasSize(1).first().isInstanceOf(WriteResult.Failed.class);
    assertThat(disk.recordAt(K)).isEmpty();
  }

  @Test
  void aCommitUnderWayWhenTheProcessDiesHappensAsAWholeOrNotAtAll() {
    var outcomes = new TreeSet<Integer>();
    for (int seed = 0; seed < 50; seed++) {
      disk.commit(K, Optional.empty(), Optional.empty());
      var life = new Life(time);
      SimEngine engine = engine(seed, life);
      engine.commit(K, RECORD, OWED, answer -> outcomes.add(-1));
      engine.die();
      life.end();
      time.runUntil(time.now() + VirtualTime.SECONDS);

      assertThat(disk.recordAt(K).isPresent()).isEqualTo(hints() == 1);
      outcomes.add(hints());
    }
    assertThat(outcomes).containsExactly(0, 1);
  }

  private int hints() {
    var found = new ArrayList<ScanResult>();
    disk.scanHints(K.partition(), Start.FIRST, 10, found::add);
    return ((ScanResult.Batch) found.getFirst()).entries().size();
  }

  private SimEngine engine(int seed, Life life) {
    var faults = new FaultMix(new SplittableRandom(seed));
    faults.heal();
    return new SimEngine(disk, life, new SplittableRandom(seed), faults);
  }
}
