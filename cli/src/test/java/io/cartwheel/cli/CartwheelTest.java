package io.cartwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.console.Console;
import io.cartwheel.cli.console.ResultStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CartwheelTest {

  @Test
  void aBareCommandShowsTheVerbsAndFails() {
    Ran ran = Ran.command();
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("Verbs:", "resolve", "Exit status:");
  }

  @Test
  void helpIsAResult() {
    Ran ran = Ran.command("--help");
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).contains("Verbs:", "siblings");
    assertThat(ran.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server",
        "get",
        "put",
        "delete",
        "siblings",
        "resolve",
        "ring",
        "ring show",
        "ring preflist",
        "ring owners",
        "hints",
        "hints list",
        "hints drain",
        "admin",
        "admin health",
        "admin explain",
        "admin top",
        "admin log-level",
        "config",
        "config init",
        "config check",
        "config show",
        "shell",
        "simulate",
        "completion",
        "version"
      })
  void everyVerbHasHelpWithAnExample(String verb) {
    Ran ran = Ran.command((verb + " --help").split(" "));
    assertThat(ran.status()).isZero();
    assertThat(ran.out()).contains("Usage: cartwheel " + verb, "  cartwheel " + verb, "Example");
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void anUnknownVerbIsRefusedWithTheOneThatWasMeant() {
    Ran ran = Ran.command("gte", "carts", "alice");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.errors())
        .containsExactly(
            "cartwheel: unknown verb 'gte'; did you mean get?",
            "'cartwheel --help' shows how to use it.");
  }

  @Test
  void anUnknownOptionIsRefusedWithTheOneThatWasMeant() {
    Ran ran = Ran.command("get", "carts", "alice", "--fiel=x");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.errors().getFirst())
        .isEqualTo("cartwheel get: unknown option '--fiel=x'; did you mean --file?");
  }

  @Test
  void anOptionThatResemblesNoneIsRefusedWithoutAGuess() {
    assertThat(Ran.command("get", "carts", "alice", "--colour").errors().getFirst())
        .isEqualTo("cartwheel get: unknown option '--colour'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get carts",
        "get carts alice bob",
        "get carts alice -r many",
        "get carts alice -r 128",
        "get carts alice --timeout 5h",
        "get carts alice --timeout 0",
        "get carts alice --node nowhere",
        "get carts alice -o yaml",
        "get carts alice --file a --file b",
        "put carts alice",
        "put carts alice value --file f",
        "put carts alice value --meta colour",
        "put carts alice value --meta a:b=c",
        "put carts alice value --context not!base64",
        "resolve carts alice",
        "resolve carts alice value --vtag x",
        "resolve carts alice --vtag x --meta a=b"
      })
  void aWrongCommandLineIsTwoAndSaysWhereHelpIs(String words) {
    Ran ran = Ran.command(words.split(" "));
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.errors()).hasSize(2);
    assertThat(ran.errors().getLast()).endsWith("--help' shows how to use it.");
  }

  @Test
  void anEmptyKeyIsRefusedHere() {
    assertThat(Ran.command("get", "carts", "").status()).isEqualTo(2);
  }

  @Test
  void aWrongVariableIsNamed() {
    Ran ran = Ran.run("", Map.of("CARTWHEEL_NODE", "nowhere"), "get", "carts", "alice");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("CARTWHEEL_NODE is not HOST:PORT: nowhere");
  }

  @Test
  void versionNamesTheBuildAndItsJava() {
    assertThat(Ran.command("version").out()).contains("cartwheel  0.", "java ");
    assertThat(Ran.command("version", "-o", "json").out())
        .startsWith("{\"cartwheel\":\"0.")
        .contains("\"java\":\"" + Runtime.version());
  }

  @Test
  void outputThatDidNotArriveIsAFailure() {
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            InputStream.nullInputStream(),
            new ResultStream(new FullDisk()),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            () -> false);
    assertThat(new Cartwheel(console).run("version")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("standard output can't be written: no space left");
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("no space left");
    }
  }
}
