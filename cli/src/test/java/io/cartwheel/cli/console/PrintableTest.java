package io.cartwheel.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void aTerminalIsGivenNothingToObey() {
    assertThat(Printable.line("a\u001b[31mb\r\nc\u202ed")).isEqualTo("a\u00b7[31mb  c\u00b7d");
  }

  @Test
  void textIsPreviewedOnOneLine() {
    assertThat(preview(" two\nlines ")).contains("two lines");
    assertThat(preview("0123456789abc")).contains("0123456789\u2026");
    assertThat(preview("")).contains("");
  }

  @Test
  void bytesThatAreNoTextHaveNoPreview() {
    assertThat(Printable.preview(new byte[] {(byte) 0xff, 1}, 10)).isEmpty();
    assertThat(Printable.preview(new byte[] {'a', 0}, 10)).isEmpty();
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    var bytes = new ByteArrayOutputStream();
    new Table("A", "LONG")
        .row("wide cell", "b")
        .row("\u00fc", "\u001bc")
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("A          LONG", "wide cell  b", "\u00fc          \u00b7c");
  }

  private static java.util.Optional<String> preview(String text) {
    return Printable.preview(text.getBytes(StandardCharsets.UTF_8), 10);
  }
}
