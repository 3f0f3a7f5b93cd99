package io.cartwheel.server.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AcceptedTest {
  private static final List<String> OFFERED = List.of("multipart/mixed", "application/json");

  @Test
  void theHighestWeightWins() {
    assertThat(accepted("application/json;q=0.5, multipart/mixed;q=0.9").best(OFFERED))
        .contains("multipart/mixed");
    assertThat(accepted("Application/JSON; charset=utf-8; q=0.5").best(OFFERED))
        .contains("application/json");
  }

  @Test
  void ofEqualWeightsTheFirstWins() {
    assertThat(accepted("application/json, multipart/mixed").best(OFFERED))
        .contains("application/json");
  }

  @Test
  void severalHeadersAreOne() {
    HttpHeaders headers = Answer.noHeaders();
    headers.add("Accept", "application/json;q=0.5");
    headers.add("Accept", "text/html , multipart/mixed ; q=0.7;x=y");
    assertThat(Accepted.by(headers).best(OFFERED)).contains("multipart/mixed");
    assertThat(Accepted.by(headers).explicitly("application/json")).isTrue();
    assertThat(Accepted.by(headers).explicitly("application/js")).isFalse();
  }

  @Test
  void wildcardsAndRefusalsChooseNothing() {
    assertThat(accepted("*/*, application/*").best(OFFERED)).isEmpty();
    assertThat(accepted("application/json;q=0").best(OFFERED)).isEmpty();
    assertThat(Accepted.by(Answer.noHeaders()).best(OFFERED)).isEmpty();
    assertThat(accepted(",;,=;q=2,").best(OFFERED)).isEmpty();
  }

  private static Accepted accepted(String text) {
    HttpHeaders headers = Answer.noHeaders();
    headers.set("Accept", text);
    return Accepted.by(headers);
  }
}
