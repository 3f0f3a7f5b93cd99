package io.cartwheel.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClosestTest {
  private static final List<String> KNOWN = List.of("get", "put", "delete", "resolve");

  @Test
  void oneOrTwoSlipsAreForgiven() {
    assertThat(Closest.to("gte", KNOWN)).contains("get");
    assertThat(Closest.to("delte", KNOWN)).contains("delete");
    assertThat(Closest.to("ressolv", KNOWN)).contains("resolve");
  }

  @Test
  void aWordThatResemblesNoneStaysAlone() {
    assertThat(Closest.to("x", KNOWN)).isEmpty();
    assertThat(Closest.to("backup", KNOWN)).isEmpty();
    assertThat(Closest.to("", KNOWN)).isEmpty();
  }
}
