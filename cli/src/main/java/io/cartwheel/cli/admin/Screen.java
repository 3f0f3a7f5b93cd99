package io.cartwheel.cli.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/** A terminal that is drawn anew again and again, until its user types q or Ctrl-C. */
final class Screen implements AutoCloseable {
  private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
  private static final String OWN_SCREEN = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String END_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";
  private static final long LOOK_MILLIS = 50;

  private final Terminal terminal;
  private volatile boolean left;

  private Screen(Terminal terminal) {
    this.terminal = terminal;
    terminal.enterRawMode();
    terminal.handle(Signal.INT, _ -> left = true);
    terminal.writer().print(OTHER_SCREEN);
    terminal.flush();
  }

  static Screen open() throws IOException {
    return new Screen(TerminalBuilder.builder().system(true).dumb(true).build());
  }

  /** Shows these lines, as much of them as there is room for. */
  void draw(List<String> lines) {
    int width = Math.max(terminal.getColumns(), 1);
    int height = Math.max(terminal.getRows(), 1);
    var picture = new StringBuilder(HOME);
    for (int i = 0; i < Math.min(lines.size(), height - 1); i++) {
      String line = lines.get(i);
      picture
          .append(line, 0, Math.min(line.length(), width - 1))
          .append(END_OF_LINE)
          .append("\r\n");
    }
    terminal.writer().print(picture.append(REST_OF_SCREEN));
    terminal.flush();
  }

  /** Waits so long; whether its user wants to see more. */
  boolean await(Duration time) throws IOException {
    long until = System.nanoTime() + time.toNanos();
    while (!left && System.nanoTime() - until < 0) {
      int key = terminal.reader().read(LOOK_MILLIS);
      left |= key == 'q' || key == NonBlockingReader.EOF;
    }
    return !left;
  }

  @Override
  public void close() throws IOException {
    terminal.writer().print(OWN_SCREEN);
    terminal.flush();
    terminal.close();
  }
}
