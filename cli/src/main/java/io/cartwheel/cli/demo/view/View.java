package io.cartwheel.cli.demo.view;

/** Where the demo shows itself. Safe from any thread. */
public interface View extends AutoCloseable {
  /** How things stand, once a second. */
  void show(Snapshot now);

  /** Something happened, or somebody asked. */
  void say(String text);

  @Override
  void close();
}
