package io.cartwheel.cli.shell;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** Completes verbs, options and the values that options may have. */
final class VerbCompleter implements Completer {
  private final CommandSpec verbs;

  VerbCompleter(CommandSpec verbs) {
    this.verbs = verbs;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> words = line.words();
    boolean helps = line.wordIndex() > 0 && words.getFirst().equals("help");
    if (line.wordIndex() == 0) {
      Session.OWN.stream().sorted().map(Candidate::new).forEach(candidates::add);
    }
    suggested(helps ? words.subList(1, words.size()) : words, line.wordIndex() - (helps ? 1 : 0))
        .stream()
        .map(Candidate::new)
        .forEach(candidates::add);
  }

  /** What may stand where the word of this index stands, in whole. */
  private List<String> suggested(List<String> words, int index) {
    var found = new ArrayList<CharSequence>();
    String[] all = words.toArray(String[]::new);
    AutoComplete.complete(
        verbs, all, index, 0, index < all.length ? all[index].length() : 0, found);
    return found.stream().map(CharSequence::toString).distinct().toList();
  }
}
