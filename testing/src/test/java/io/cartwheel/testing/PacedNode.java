package io.cartwheel.testing;

import io.cartwheel.server.CartwheelServer;
import io.cartwheel.server.config.ConfigLoader;
import io.cartwheel.simulator.PacedEngine;
import io.cartwheel.transport.SystemClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A node whose engine does so much a second and no more, as a process of its own. */
public final class PacedNode {
  /** The flag that says how much; the others are those of {@code cartwheel server}. */
  static final String PER_SECOND = "--per-second";

  private PacedNode() {}

  /** Takes {@code server}, then flags with a value each. */
  public static void main(String[] words) throws Exception {
    Map<String, String> flags = new HashMap<>();
    for (int i = 1; i + 1 < words.length; i += 2) {
      flags.put(words[i].substring(2).replace('-', '_'), words[i + 1]);
    }
    String perSecond = flags.remove(PER_SECOND.substring(2).replace('-', '_'));
    var pace = new PacedEngine.Pace(Integer.parseInt(String.valueOf(perSecond)));
    ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor();
    CartwheelServer server =
        CartwheelServer.embed(
            ConfigLoader.load(Optional.empty(), Map.of(), flags),
            (engine, shardThread) ->
                new PacedEngine(
                    engine,
                    pace,
                    new SystemClock(),
                    (delayNanos, task) -> {
                      Future<?> due =
                          alarm.schedule(
                              () -> shardThread.execute(task), delayNanos, TimeUnit.NANOSECONDS);
                      return () -> due.cancel(false);
                    }));
    server.closeWithProcess();
    server.ready().join();
    System.out.println("ready");
  }
}
