package io.cartwheel.core.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cartwheel.core.fixture.SeededCases;
import io.cartwheel.core.item.ItemKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyQueueTest {
  private static final ItemKey KEY = ItemKey.of("b", "k");
  private static final ItemKey OTHER = ItemKey.of("b", "other");

  private final KeyQueue queue = new KeyQueue();
  private final List<String> order = new ArrayList<>();
  private final List<Runnable> ends = new ArrayList<>();

  /** A turn that ends when the test says so. */
  private KeyQueue.Turn lasting(String name) {
    return end -> {
      order.add(name);
      ends.add(end);
    };
  }

  /** A turn that ends within its call. */
  private KeyQueue.Turn brief(String name) {
    return end -> {
      order.add(name);
      end.run();
    };
  }

  @Test
  void turnsOfOneKeyAreTakenOneAtATimeInTheirOrder() {
    assertThat(queue.submit(KEY, lasting("first"))).isTrue();
    assertThat(queue.submit(KEY, lasting("second"))).isTrue();
    assertThat(queue.submit(KEY, brief("third"))).isTrue();
    assertThat(order).containsExactly("first");

    ends.get(0).run();
    assertThat(order).containsExactly("first", "second");

    ends.get(1).run();
    assertThat(order).containsExactly("first", "second", "third");
  }

  @Test
  void keysDoNotWaitForOneAnother() {
    queue.submit(KEY, lasting("first"));
    queue.submit(OTHER, lasting("other"));

    assertThat(order).containsExactly("first", "other");
    assertThat(queue.keysBusy()).isEqualTo(2);
  }

  @Test
  void aKeyWithoutTurnsIsForgotten() {
    queue.submit(KEY, brief("brief"));
    queue.submit(OTHER, lasting("lasting"));
    ends.getFirst().run();

    assertThat(queue.keysBusy()).isZero();
  }

  @Test
  void aTurnSubmittedFromWithinATurnWaitsForItsEnd() {
    queue.submit(
        KEY,
        end -> {
          queue.submit(KEY, brief("inner"));
          order.add("outer");
          end.run();
        });

    assertThat(order).containsExactly("outer", "inner");
    assertThat(queue.keysBusy()).isZero();
  }

  @Test
  void aFullLineRefusesATurnAndNothingHappens() {
    queue.submit(KEY, lasting("first"));
    for (int i = 0; i < KeyQueue.MAX_WAITING; i++) {
      assertThat(queue.submit(KEY, brief("waiting"))).isTrue();
    }

    assertThat(queue.submit(KEY, brief("refused"))).isFalse();
    assertThat(queue.submit(OTHER, brief("other"))).isTrue();
    ends.getFirst().run();

    assertThat(order).doesNotContain("refused").hasSize(KeyQueue.MAX_WAITING + 2);
    assertThat(queue.submit(KEY, brief("welcome again"))).isTrue();
  }

  @Test
  void tenThousandTurnsThatEndWithinTheirCallsDoNotDeepenTheStack() {
    var depths = new ArrayList<Long>();
    queue.submit(KEY, chained(depths, 10_000));

    assertThat(depths).hasSize(10);
    assertThat(depths.getLast()).isEqualTo(depths.getFirst());
  }

  @Test
  void aLongLineThatEndsAtOnceDoesNotDeepenTheStack() {
    var depths = new ArrayList<Long>();
    queue.submit(KEY, lasting("first"));
    for (int i = 0; i < KeyQueue.MAX_WAITING; i++) {
      queue.submit(
          KEY,
          i % 512 == 0
              ? end -> {
                depths.add(stackDepth());
                end.run();
              }
              : Runnable::run);
    }
    ends.getFirst().run();

    assertThat(depths).hasSize(KeyQueue.MAX_WAITING / 512);
    assertThat(depths.getLast()).isEqualTo(depths.getFirst());
  }

  /** Each turn queues the next and ends. */
  private KeyQueue.Turn chained(List<Long> depths, int left) {
    return end -> {
      if (left % 1_000 == 0) {
        depths.add(stackDepth());
      }
      if (left > 1) {
        queue.submit(KEY, chained(depths, left - 1));
      }
      end.run();
    };
  }

  private static long stackDepth() {
    return StackWalker.getInstance().walk(frames -> frames.count());
  }

  @Test
  void aTurnThatEndsTwiceIsAMistake() {
    queue.submit(KEY, lasting("first"));
    ends.getFirst().run();

    assertThatThrownBy(() -> ends.getFirst().run()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noMixOfBriefAndLastingTurnsBreaksTheOrderOrOverlaps() {
    SeededCases.forEach(
        5_000,
        random -> {
          var line = new KeyQueue();
          var taken = new ArrayList<Integer>();
          var open = new ArrayList<Runnable>();
          int submitted = 0;
          for (int step = 0; step < 30; step++) {
            if (random.nextBoolean() || open.isEmpty()) {
              int number = submitted++;
              boolean brief = random.nextBoolean();
              line.submit(
                  KEY,
                  end -> {
                    taken.add(number);
                    if (brief) {
                      end.run();
                    } else {
                      open.add(end);
                    }
                  });
            } else {
              open.removeFirst().run();
            }
            assertEquals(Math.min(1, line.keysBusy()), open.size(), "turns under way");
          }
          while (!open.isEmpty()) {
            open.removeFirst().run();
          }
          for (int i = 0; i < submitted; i++) {
            assertEquals(i, taken.get(i));
          }
          assertEquals(0, line.keysBusy());
        });
  }
}
