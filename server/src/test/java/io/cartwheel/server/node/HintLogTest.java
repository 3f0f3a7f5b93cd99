package io.cartwheel.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HintLogTest {
  private static final MemberId B = new MemberId(2);
  private static final MemberId C = new MemberId(3);
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("cartwheel.hints");

  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private final HintLog log = new HintLog(Map.of(B, "n2", C, "n3"));

  @BeforeEach
  void listen() {
    appender.start();
    LOG.setLevel(Level.INFO);
    LOG.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    LOG.detachAppender(appender);
    LOG.setLevel(null);
  }

  private void noteEachSecond(int from, int until, MemberId... owed) {
    for (int second = from; second < until; second++) {
      log.note(List.of(owed), second * 1_000_000_000L);
    }
  }

  private List<String> lines() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void theBeginAndTheEndAreTheTwoLinesOfAMember() {
    noteEachSecond(0, 5);
    noteEachSecond(5, 49, B);
    assertThat(lines()).containsExactly("Keeping hints for n2 from now on");
    noteEachSecond(49, 58);
    assertThat(lines()).as("it may begin again at once").hasSize(1);
    noteEachSecond(58, 100);

    assertThat(lines())
        .containsExactly("Keeping hints for n2 from now on", "No more hints for n2, after 43 s");
  }

  @Test
  void shortBreaksAreNoEnd() {
    for (int second = 0; second < 100; second += 5) {
      noteEachSecond(second, second + 1, B);
      noteEachSecond(second + 1, second + 5);
    }

    assertThat(lines()).containsExactly("Keeping hints for n2 from now on");
  }

  @Test
  void eachMemberIsToldForItself() {
    noteEachSecond(0, 1, B);
    noteEachSecond(1, 2, B, C);
    noteEachSecond(2, 20, C);

    assertThat(lines())
        .containsExactly(
            "Keeping hints for n2 from now on",
            "Keeping hints for n3 from now on",
            "No more hints for n2, after 1 s");
  }

  @Test
  void whatBeginsAgainIsToldAgain() {
    noteEachSecond(0, 1, B);
    noteEachSecond(1, 20);
    noteEachSecond(20, 21, B);

    assertThat(lines()).hasSize(3);
  }
}
