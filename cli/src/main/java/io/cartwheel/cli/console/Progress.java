package io.cartwheel.cli.console;

import java.io.PrintStream;

/**
 * Tells on stderr how far long work has come: on a terminal in one line that is drawn anew, in a
 * pipe with a line for each tenth. For use by several threads.
 */
public final class Progress {
  private static final int TENTHS = 10;
  private static final int BAR = 30;

  private final PrintStream to;
  private final boolean terminal;
  private final String things;
  private final int total;
  private int done;

  /**
   * Nothing done yet.
   *
   * @param things what is counted, in the plural
   */
  public Progress(Console console, String things, int total) {
    this.to = console.err();
    this.terminal = console.terminal().getAsBoolean();
    this.things = things;
    this.total = total;
  }

  /** One more is done. */
  public synchronized void step() {
    reach(done + 1);
  }

  /** So many are done, no fewer than before. */
  public synchronized void reach(int reached) {
    int before = done;
    done = reached;
    if (terminal && done > before) {
      draw();
    } else if (!terminal && tenths(done) > tenths(before)) {
      to.println(done + " of " + total + " " + things);
    }
  }

  private long tenths(int some) {
    return (long) some * TENTHS / total;
  }

  /** Says something meanwhile, in lines of its own. */
  public synchronized void say(String line) {
    if (terminal) {
      to.print("\r\u001b[K");
    }
    to.println(Printable.line(line));
  }

  private void draw() {
    int filled = (int) ((long) BAR * done / total);
    to.print(
        "\r[%s%s] %d of %d %s"
            .formatted("=".repeat(filled), " ".repeat(BAR - filled), done, total, things));
    if (done == total) {
      to.println();
    }
    to.flush();
  }
}
