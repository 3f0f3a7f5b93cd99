package io.cartwheel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnansweredTest {
  private final Unanswered unanswered = new Unanswered(10, 1000);

  @Test
  void isFullFromEitherBoundUntilBothAreHalved() {
    List<IncomingRequest> requests = add(10, 1, 0);
    assertThat(unanswered.isFull()).isTrue();
    requests.subList(0, 4).forEach(unanswered::remove);
    assertThat(unanswered.isFull()).isTrue();
    unanswered.remove(requests.get(4));
    assertThat(unanswered.isFull()).isFalse();
    List<IncomingRequest> large = add(1, 995, 0);
    assertThat(unanswered.isFull()).isTrue();
    unanswered.remove(large.getFirst());
    assertThat(unanswered.isFull()).isFalse();
  }

  @Test
  void strikesEachOffOnce() {
    IncomingRequest request = add(1, 1, 0).getFirst();
    assertThat(unanswered.remove(request)).isTrue();
    assertThat(unanswered.remove(request)).isFalse();
    assertThat(unanswered.requests()).isZero();
  }

  @Test
  void forgetsThoseWhoseTimeIsOver() {
    List<IncomingRequest> early = add(3, 1, 100);
    add(3, 1, 200);
    add(2, 1, 100);
    unanswered.expire(101);
    assertThat(unanswered.requests()).isEqualTo(3);
    assertThat(unanswered.remove(early.getFirst())).isFalse();
    unanswered.expire(201);
    assertThat(unanswered.requests()).isZero();
  }

  @Test
  void keepsCountInWhateverOrderAnswersCome() {
    var random = new Random(5);
    var open = new ArrayList<IncomingRequest>();
    for (int step = 0; step < 10_000; step++) {
      if (open.isEmpty() || random.nextInt(100) < 51) {
        open.addAll(add(1, 1, 0));
      } else {
        assertThat(unanswered.remove(open.remove(random.nextInt(open.size())))).isTrue();
      }
      assertThat(unanswered.requests()).isEqualTo(open.size());
    }
    unanswered.clear();
    assertThat(unanswered.requests()).isZero();
    assertThat(open).noneMatch(unanswered::remove);
  }

  private List<IncomingRequest> add(int count, int bytes, long deadline) {
    var added = new ArrayList<IncomingRequest>();
    for (int i = 0; i < count; i++) {
      var request = new IncomingRequest((_, _) -> {}, bytes, deadline);
      unanswered.add(request);
      added.add(request);
    }
    return added;
  }
}
