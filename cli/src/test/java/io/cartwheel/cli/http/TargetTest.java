package io.cartwheel.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {
  @Test
  void everySegmentIsTakenLiterally() {
    assertThat(Target.of("buckets", "a/b", "keys", "100% \u00fc+?#&.txt"))
        .hasToString("/buckets/a%2Fb/keys/100%25%20%C3%BC%2B%3F%23%26.txt");
  }

  @Test
  void parametersFollowInTheirOrder() {
    assertThat(Target.of("x").with("r", "all").with("timeout", 250L).with("t", "a&b"))
        .hasToString("/x?r=all&timeout=250&t=a%26b");
  }
}
