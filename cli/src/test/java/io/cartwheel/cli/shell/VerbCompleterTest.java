package io.cartwheel.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.cli.ShellVerbs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser.ParseContext;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

class VerbCompleterTest {
  @Test
  void theFirstWordIsAVerbOrOneOfTheShells() throws IOException {
    assertThat(complete("")).contains("get", "put", "siblings", "ring", "use", "exit");
    assertThat(complete("")).doesNotContain("server", "simulate");
  }

  @Test
  void aGroupIsFollowedByItsVerbs() throws IOException {
    assertThat(complete("ring ")).contains("show", "preflist", "owners");
  }

  @Test
  void optionsAndTheirValuesAreOffered() throws IOException {
    assertThat(complete("get carts alice --")).contains("--vtag", "--file", "--node");
    assertThat(complete("get carts alice -o ")).contains("table", "json");
  }

  @Test
  void helpIsFollowedByAVerb() throws IOException {
    assertThat(complete("help ")).contains("get", "ring");
    assertThat(complete("help ring ")).contains("show");
  }

  private static List<String> complete(String line) throws IOException {
    var candidates = new ArrayList<Candidate>();
    var terminal = new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream());
    LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
    new VerbCompleter(ShellVerbs.spec())
        .complete(
            reader, Words.parser().parse(line, line.length(), ParseContext.COMPLETE), candidates);
    return candidates.stream().map(Candidate::value).toList();
  }
}
