package io.cartwheel.cli.demo.view;

import java.io.PrintStream;
import java.util.Locale;

/** A line a second, each as soon as it is said: for pipes and files. */
public final class PlainView implements View {
  private final PrintStream to;

  public PlainView(PrintStream to) {
    this.to = to;
  }

  @Override
  public synchronized void show(Snapshot now) {
    var figures = now.figures();
    to.printf(
        Locale.ROOT,
        "%3d s  %d of %d nodes up  acknowledged %d (%.0f/s)  refused %d  unanswered %d  siblings %d"
            + "  p50 %.1f ms  p99 %.1f ms  p99.9 %.1f ms%n",
        now.elapsed().toSeconds(),
        now.up(),
        now.nodes().size(),
        figures.acknowledged(),
        now.perSecond(),
        figures.refused(),
        figures.unanswered(),
        figures.siblings(),
        figures.p50Millis(),
        figures.p99Millis(),
        figures.p999Millis());
    to.flush();
  }

  @Override
  public synchronized void say(String text) {
    to.println(text);
    to.flush();
  }

  @Override
  public void close() {
    to.flush();
  }
}
