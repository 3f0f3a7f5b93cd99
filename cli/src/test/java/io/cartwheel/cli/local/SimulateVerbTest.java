package io.cartwheel.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.core.item.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateVerbTest {
  @Test
  void aCampaignEndsWithOneLineOfJson() throws CommandFailed {
    Ran ran = Ran.command("simulate", "--seeds", "3", "--seconds", "2", "-o", "json");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out().lines()).hasSize(1);
    JsonObject result = Json.parse(Bytes.utf8(ran.out()));
    assertThat(result.number("seeds")).contains(3L);
    assertThat(result.number("violations")).contains(0L);
    assertThat(result.number("virtual_seconds").orElseThrow()).isGreaterThanOrEqualTo(6);
    assertThat(result.object("faults")).isPresent();
    assertThat(ran.errors()).contains("3 of 3 seeds");
  }

  @Test
  void peopleSeeATableOfFaults() {
    Ran ran = Ran.command("simulate", "--seed", "7", "--seconds", "1");
    assertThat(ran.out()).startsWith("FAULT").contains("seeds 1, ", "violations 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seeds 0",
        "--seconds 0",
        "--seed 1 --seeds 2",
        "--seed 1 --first-seed 1",
        "--seeds x"
      })
  void whatCannotBeMeantIsUsage(String words) {
    assertThat(Ran.command(("simulate " + words).split(" ")).status()).isEqualTo(2);
  }
}
