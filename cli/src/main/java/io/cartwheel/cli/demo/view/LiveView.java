package io.cartwheel.cli.demo.view;

import java.util.List;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Status;

/** A panel at the foot of the terminal; above it the prompt, and what was said. */
public final class LiveView implements View {
  private final LineReader reader;
  private final Status status;

  public LiveView(Terminal terminal, LineReader reader) {
    this.reader = reader;
    status = Status.getStatus(terminal);
  }

  @Override
  public synchronized void show(Snapshot now) {
    status.update(Panel.lines(now));
  }

  @Override
  public synchronized void say(String text) {
    text.lines().map(AttributedString::new).forEach(reader::printAbove);
  }

  @Override
  public synchronized void close() {
    status.update(List.of());
    status.close();
  }
}
