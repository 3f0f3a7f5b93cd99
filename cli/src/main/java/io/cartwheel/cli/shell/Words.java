package io.cartwheel.cli.shell;

import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.Parser;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.DefaultParser;

/**
 * A line split at its spaces; a word may stand in single or double quotes, and a backslash takes
 * the meaning from the space or quote after it.
 *
 * @param complete whether no quote is open at the line's end, and its last character is no
 *     backslash
 */
record Words(List<String> list, boolean complete) {

  /** What a prompt splits its lines by: it asks for more while a line is not complete. */
  static Parser parser() {
    var parser = new DefaultParser();
    parser.setEofOnUnclosedQuote(true);
    parser.setEofOnEscapedNewLine(true);
    return parser;
  }

  static Words of(String line) {
    try {
      return new Words(parser().parse(line, line.length(), ParseContext.ACCEPT_LINE).words(), true);
    } catch (EOFError open) {
      return new Words(List.of(), false);
    }
  }
}
