package io.cartwheel.cli.admin;

import static io.cartwheel.cli.ScriptedNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.Ran;
import io.cartwheel.cli.ScriptedNode;
import org.junit.jupiter.api.Test;

class AdminVerbTest {
  static final String HEALTH =
      """
      {"healthy":true,"problems":[],"node":"n1","id":"a1","cluster_id":"00ff","ready":true,\
      "recovering":false,"storage":{"engine":"rocksdb","state":"ok"},\
      "members":[{"id":"a1","name":"n1","state":"connected","health":"healthy","phi":0.0,\
      "slow":false}],"hints":{"total":0,"bytes":0,"quota_bytes":1073741824,"owners":[]},\
      "connections":3,"requests":2,\
      "memory":{"heap_used_bytes":52428800,"heap_max_bytes":402653184,"resident_bytes":314572800},\
      "uptime_seconds":3700,"version":"0.1.0","java":"25"}
      """;

  @Test
  void aHealthyNodeIsDescribedAndTheStatusIsZero() {
    try (var node = new ScriptedNode(answer("200 OK", HEALTH))) {
      Ran ran = Ran.at(node, "admin", "health");
      assertThat(ran.status()).isZero();
      assertThat(ran.out().lines())
          .containsExactly(
              "health      ok",
              "node        n1, id a1",
              "ready       yes",
              "recovering  no",
              "storage     rocksdb, ok",
              "members     n1 connected",
              "hints       none",
              "clients     connections 3, requests 2",
              "memory      heap 50 MiB of 384 MiB, resident 300 MiB",
              "uptime      1 h 1 min",
              "version     0.1.0, Java 25");
    }
  }

  @Test
  void whatIsWrongIsListedAndTheStatusIsOne() {
    String unwell =
        HEALTH.replace(
            "\"healthy\":true,\"problems\":[]",
            "\"healthy\":false,\"problems\":[\"no connection to member n2\"]");
    try (var node = new ScriptedNode(answer("200 OK", unwell), answer("200 OK", unwell))) {
      Ran ran = Ran.at(node, "admin", "health");
      assertThat(ran.status()).isEqualTo(1);
      assertThat(ran.out()).contains("health      not well", "problem     no connection to member");
      Ran json = Ran.at(node, "admin", "health", "-o", "json");
      assertThat(json.status()).isEqualTo(1);
      assertThat(json.out()).isEqualTo(unwell);
    }
  }

  @Test
  void suspectsAndHintsAreShown() {
    String more =
        HEALTH
            .replace(
                "\"slow\":false}]",
                "\"slow\":false},{\"name\":\"n2\",\"state\":\"connected\",\"health\":\"suspect\",\"phi\":12.3},"
                    + "{\"name\":\"n3\",\"state\":\"lost\",\"health\":\"suspect\",\"phi\":0.0},"
                    + "{\"name\":\"n4\",\"state\":\"connected\",\"health\":\"healthy\",\"slow\":true}]")
            .replace(
                "\"bytes\":0,\"quota_bytes\":1073741824,\"owners\":[]",
                "\"bytes\":2048,\"quota_bytes\":1073741824,\"owners\":["
                    + "{\"owner\":\"n2\",\"count\":7,\"bytes\":2048,\"oldest_s\":70},"
                    + "{\"owner\":\"n3\",\"count\":1,\"bytes\":100,\"oldest_s\":3}]");
    try (var node = new ScriptedNode(answer("200 OK", more))) {
      assertThat(Ran.at(node, "admin", "health").out())
          .contains("members     n1 connected, n2 suspect (phi 12.3), n3 lost, n4 slow")
          .contains(
              "hints       7 kept for n2, oldest 1 min 10 s; 1 kept for n3, oldest 3 s;"
                  + " 2.0 KiB of 1024 MiB");
    }
  }

  @Test
  void aLevelIsSetByPut() {
    String level = "{\"levels\":{\"cartwheel.node\":\"debug\"}}";
    try (var node = new ScriptedNode(answer("200 OK", level))) {
      Ran ran = Ran.at(node, "admin", "log-level", "cartwheel.node", "debug");
      assertThat(ran.status()).isZero();
      assertThat(ran.out().lines())
          .containsExactly("LOGGER          LEVEL", "cartwheel.node  debug");
      assertThat(node.asked().getFirst().requestLine())
          .isEqualTo("PUT /admin/v1/log-level?logger=cartwheel.node&level=debug HTTP/1.1");
    }
  }

  @Test
  void levelsAreShownByGet() {
    String levels = "{\"levels\":{\"cartwheel.node\":\"info\",\"root\":\"warn\"}}";
    try (var node = new ScriptedNode(answer("200 OK", levels), answer("200 OK", levels))) {
      assertThat(Ran.at(node, "admin", "log-level").out()).contains("root            warn");
      Ran.at(node, "admin", "log-level", "root");
      assertThat(node.asked().getFirst().requestLine())
          .isEqualTo("GET /admin/v1/log-level HTTP/1.1");
      assertThat(node.asked().getLast().requestLine())
          .isEqualTo("GET /admin/v1/log-level?logger=root HTTP/1.1");
    }
  }

  @Test
  void aRefusedLevelIsToldWithTheChoices() {
    try (var node =
        new ScriptedNode(answer("400 Bad Request", "unknown level; there are: error, warn\n"))) {
      assertThat(Ran.at(node, "admin", "log-level", "root", "loud"))
          .isEqualTo(
              new Ran(1, "", "cartwheel admin log-level: unknown level; there are: error, warn\n"));
    }
  }
}
