package io.cartwheel.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchRunTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--workload d",
        "--nodes nowhere",
        "--protocol pb",
        "--records 0",
        "--records 2000001",
        "--records many",
        "--value -1",
        "--value 1048577",
        "--threads 0",
        "--threads 513",
        "--rate 0",
        "--rate 1000001",
        "--rate NaN",
        "--for 1500ms",
        "--for 2h",
        "--warmup x",
        "--timeout 0",
        "--runs 0",
        "--runs 100",
        "--report figures.txt",
        "--report /no/such/folder/figures.html",
        "-o xml"
      })
  void whatCannotBeMeantIsUsage(String words) {
    Ran ran = Ran.command(("bench run " + words).split(" "));
    assertThat(ran.status()).as(ran.err()).isEqualTo(2);
    assertThat(ran.errors()).hasSize(2).last().asString().contains("--help");
  }

  @Test
  void aBucketWithoutANameIsUsage() {
    assertThat(Ran.command("bench", "run", "--bucket", "").status()).isEqualTo(2);
  }

  @Test
  void aProtocolThatIsNotMeasuredYetIsToldSo() {
    assertThat(Ran.command("bench", "run", "--protocol", "pb").err())
        .contains("--protocol pb can't be measured yet: only http");
  }

  @Test
  void withoutANodeThatAnswersTheStatusIsUnavailable() throws IOException {
    String nowhere = "127.0.0.1:" + portOfNobody();
    Ran ran = Ran.command("bench", "run", "--nodes", nowhere);
    assertThat(ran.status()).isEqualTo(4);
    assertThat(ran.errors()).containsExactly("cartwheel bench run: no node answers: " + nowhere);
  }

  private static int portOfNobody() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
