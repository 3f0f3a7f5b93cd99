package io.cartwheel.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContextsTest {
  private final Contexts contexts = new Contexts(2);

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(contexts.of(1)).isEmpty();
  }

  @Test
  void aReadTeachesAContext() {
    contexts.read(0, contexts.of(0), "a");
    assertThat(contexts.of(0)).isEqualTo("a");
    assertThat(contexts.of(1)).isEmpty();
  }

  @Test
  void aReadThatBeganBeforeAWriteEndedTeachesNothing() {
    String before = contexts.of(0);
    contexts.wrote(0, "new");
    contexts.read(0, before, "old");
    assertThat(contexts.of(0)).isEqualTo("new");
  }

  @Test
  void aWriteThatIsAnsweredWithoutContextLeavesNoneKnown() {
    contexts.wrote(0, "a");
    contexts.wrote(0, "");
    assertThat(contexts.of(0)).isEmpty();
  }
}
