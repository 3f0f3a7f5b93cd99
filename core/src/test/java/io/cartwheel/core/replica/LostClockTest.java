package io.cartwheel.core.replica;

import static io.cartwheel.core.replica.ReplicaBench.AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.ScriptedEngine.Fault;
import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.Observer.Event;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.core.version.Versions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The lost clock (riak_kv 679): a coordinator that lost its state of a key and goes on under its
 * old name claims to have seen what it forgot, and erases it wherever it is merged.
 */
class LostClockTest {
  private static final VersionVector BLIND = VersionVector.EMPTY;

  private final ReplicaBench bench = new ReplicaBench();

  /** The harm: what would become of an acknowledged write if the epoch were continued. */
  @Test
  void kv679UnderTheOldEpochAnAcknowledgedWriteWouldBeErased() {
    VersionSet elsewhere = bench.put("acknowledged", BLIND);
    Dot old = elsewhere.siblings().getFirst().dot();
    bench.engine.lose(AT);

    var continued = new Sibling(new Dot(old.epoch(), old.counter() + 1), Versions.value("new"));
    VersionSet amnesiac = VersionSet.EMPTY.update(BLIND, continued);

    assertThat(texts(elsewhere.merge(amnesiac))).containsExactly("new");
  }

  @Test
  void kv679AfterTheRecordVanishedBothWritesSurvive() {
    VersionSet elsewhere = bench.put("acknowledged", BLIND);
    bench.engine.lose(AT);

    assertThat(texts(elsewhere.merge(bench.put("new", BLIND))))
        .containsExactlyInAnyOrder("acknowledged", "new");
  }

  @Test
  void kv679AfterTheRecordWasSetAsideBothWritesSurvive() {
    VersionSet elsewhere = bench.put("acknowledged", BLIND);
    bench.engine.damage(AT, 30);

    assertThat(texts(elsewhere.merge(bench.put("new", BLIND))))
        .containsExactlyInAnyOrder("acknowledged", "new");
  }

  @Test
  void kv679AfterARestartOnAnOlderDiskBothWritesSurvive() {
    VersionSet first = bench.put("first", BLIND);
    Bytes older = bench.engine.record(AT);
    VersionSet elsewhere = bench.put("acknowledged", first.clock());
    bench.engine.plant(AT, older);
    bench.restart();

    assertThat(texts(elsewhere.merge(bench.put("new", BLIND))))
        .containsExactlyInAnyOrder("acknowledged", "new");
  }

  @Test
  void kv679AfterAFailedWriteThatLeftTheOldRecordBothWritesSurvive() {
    bench.put("first", BLIND);
    bench.engine.hold();
    bench.writing(AT, Versions.value("failed"), BLIND);
    bench.engine.answer(0, Fault.NONE);
    bench.engine.answer(0, Fault.WITHOUT_EFFECT);
    bench.engine.release();
    // A write that failed here may have been sent on by nobody, but its dot is gone for good.
    VersionSet after = bench.put("new", BLIND);

    assertThat(texts(after)).containsExactlyInAnyOrder("first", "new");
    assertThat(after.clock().entries()).hasSize(2);
  }

  /**
   * The fallback: it coordinates a write for owners that are down, hands it over, forgets the key,
   * and coordinates a write of it again.
   */
  @Test
  void kv679AFallbackThatHandedItsHintOverAndForgotTheKeyBeginsANewEpoch() {
    var owner = new MemberId(2);
    VersionSet first = bench.putFor("first", BLIND, owner);
    VersionSet atOwner = bench.putFor("acknowledged", first.clock(), owner);
    bench.settle(AT, owner, atOwner, false);
    assertThat(bench.engine.has(AT)).isFalse();

    VersionSet again = bench.putFor("new", BLIND, owner);

    Dot before = atOwner.siblings().getFirst().dot();
    Dot after = again.siblings().getFirst().dot();
    assertThat(after.epoch()).isNotEqualTo(before.epoch());
    assertThat(again.clock().covers(before)).isFalse();
    assertThat(texts(atOwner.merge(again))).containsExactlyInAnyOrder("acknowledged", "new");
  }

  /** A machine is copied while it runs, its random numbers with it: both go on alike. */
  @Test
  void kv679UnderOneDotOfTwoCopiesOfAMachineBothValuesStayAndAreCounted() {
    var copy = new ReplicaBench();
    VersionSet here = bench.put("by the one", BLIND);
    VersionSet there = copy.put("by the other", BLIND);
    assertThat(there.clock()).as("one dot").isEqualTo(here.clock());

    assertThat(texts(bench.merge(there))).containsExactlyInAnyOrder("by the one", "by the other");
    assertThat(copy.merge(here)).isEqualTo(bench.read().state());
    assertThat(bench.counts.of(Event.DOT_SHARED)).isEqualTo(1);
  }

  /** An owner that handed a hint over keeps its record, so its history of the key goes on. */
  @Test
  void anOwnerThatHandedAHintOverGoesOnUnderItsEpoch() {
    var other = new MemberId(2);
    VersionSet first = bench.putFor("first", BLIND, other);
    bench.settle(AT, other, first, true);
    VersionSet second = bench.put("second", first.clock());

    assertThat(second.siblings().getFirst().dot().epoch())
        .isEqualTo(first.siblings().getFirst().dot().epoch());
    assertThat(texts(first.merge(second))).containsExactly("second");
  }

  /** Whatever befalls the disk, no state covers a write that it did not hear of. */
  @Test
  void noClockEverClaimsAWriteThatItsStateForgot() {
    SeededCases.forEach(1_500, random -> new Remembering(random).run());
  }

  private static List<String> texts(VersionSet state) {
    return state.siblings().stream().map(live -> live.content().value().toUtf8()).toList();
  }

  /** A replica under faults, with the writes that each state on its disk has heard of. */
  private static final class Remembering {
    private final SplittableRandom random;
    private final ReplicaBench bench;
    private final List<Dot> dots = new ArrayList<>();
    private final TreeMap<Bytes, BitSet> heardOf = new TreeMap<>();
    private final List<Bytes> disks = new ArrayList<>();

    Remembering(SplittableRandom random) {
      this.random = random;
      bench = new ReplicaBench(random.split());
      heardOf.put(VersionSet.EMPTY.encoded(), new BitSet());
    }

    void run() {
      for (int step = 0; step < 25; step++) {
        switch (random.nextInt(10)) {
          case 0 -> bench.restart();
          case 1 -> bench.engine.lose(AT);
          case 2 -> {
            if (bench.engine.has(AT)) {
              bench.engine.damage(AT, random.nextInt(bench.engine.record(AT).length()));
            }
          }
          case 3 -> takeBackAnOlderDisk();
          case 4 -> handOver(random.nextInt(4) == 0);
          default -> write(random.nextInt(4) == 0);
        }
        compare();
      }
      assertThat(dots).doesNotHaveDuplicates();
    }

    /** As a fallback does: the record goes, unless this is an owner. */
    private void handOver(boolean keep) {
      var owner = new MemberId(2);
      VersionSet state = bench.read().state();
      bench.keep(AT, state, owner);
      bench.settle(AT, owner, state, keep);
    }

    /** Only a restart sees another disk than the one it left. */
    private void takeBackAnOlderDisk() {
      if (!disks.isEmpty()) {
        bench.engine.plant(AT, disks.get(random.nextInt(disks.size())));
        bench.restart();
      }
    }

    private void write(boolean failing) {
      // Sets a damaged record aside, so that what the write starts from can be told.
      VersionSet before = bench.read().state();
      int write = dots.size();
      var content = Content.value(Bytes.utf8("v" + write), Description.NONE, write, Bytes.EMPTY);
      bench.engine.hold();
      bench.writing(AT, content, random.nextBoolean() ? BLIND : before.clock());
      bench.engine.answer(0, Fault.NONE);
      bench.engine.answer(
          0,
          !failing ? Fault.NONE : random.nextBoolean() ? Fault.AFTER_EFFECT : Fault.WITHOUT_EFFECT);
      bench.engine.release();
      VersionSet after = bench.read().state();
      if (after.equals(before)) {
        return;
      }
      dots.add(
          after.siblings().stream()
              .filter(live -> live.content().value().equals(content.value()))
              .findFirst()
              .orElseThrow()
              .dot());
      var heard = (BitSet) heardOf.getOrDefault(before.encoded(), new BitSet()).clone();
      heard.set(write);
      heardOf.put(after.encoded(), heard);
      disks.add(bench.engine.record(AT));
    }

    private void compare() {
      VersionSet state = bench.read().state();
      BitSet heard = heardOf.getOrDefault(state.encoded(), new BitSet());
      for (int write = 0; write < dots.size(); write++) {
        assertEquals(heard.get(write), state.clock().covers(dots.get(write)), "write " + write);
      }
    }
  }
}
