package io.cartwheel.cli.demo.view;

import java.util.List;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** A panel at the foot of the terminal; above it the prompt, and what was said. */
public final class LiveView implements View {
  /** How many lines are left to the prompt and what is said, however low the terminal is. */
  private static final int LINES_FOR_WORDS = 3;

  private final Terminal terminal;
  private final LineReader reader;
  private final Status status;
  private boolean watched = true;

  public LiveView(Terminal terminal, LineReader reader) {
    this.terminal = terminal;
    this.reader = reader;
    status = Status.getStatus(terminal);
  }

  @Override
  public synchronized void show(Snapshot now) {
    List<AttributedString> lines = Panel.lines(now);
    int room = terminal.getSize().getRows() - LINES_FOR_WORDS;
    draw(room < lines.size() ? lines.subList(0, Math.max(0, room)) : lines);
  }

  /** A terminal that is gone, as a signal leaves it, shows no more: nobody looks. */
  private void draw(List<AttributedString> lines) {
    try {
      status.update(lines);
    } catch (IllegalStateException gone) {
      watched = false;
    }
  }

  @Override
  public synchronized void say(String text) {
    if (watched) {
      try {
        text.lines().map(AttributedString::new).forEach(reader::printAbove);
      } catch (IllegalStateException gone) {
        watched = false;
      }
    }
  }

  @Override
  public synchronized void close() {
    draw(List.of());
    status.close();
  }
}
