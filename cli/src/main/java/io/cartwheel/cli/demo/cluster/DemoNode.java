package io.cartwheel.cli.demo.cluster;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.server.CartwheelServer;
import io.cartwheel.server.StartException;
import io.cartwheel.server.config.Configuration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One node, through its lives. What it tells of itself it tells any thread. */
public final class DemoNode {
  private static final long PATIENCE_SECONDS = 60;

  private final String name;
  private final NodeAddress http;
  private final Configuration config;
  private @Nullable CartwheelServer server;
  private volatile State state = State.DOWN;
  private volatile Set<String> cutOff = Set.of();

  /** How a node is. */
  public enum State {
    UP,
    PAUSED,
    DOWN
  }

  DemoNode(String name, NodeAddress http, Configuration config) {
    this.name = name;
    this.http = http;
    this.config = config;
  }

  @Override
  public String toString() {
    return name;
  }

  public String name() {
    return name;
  }

  public NodeAddress http() {
    return http;
  }

  public State state() {
    return state;
  }

  /** The members that it does not reach. */
  public Set<String> cutOff() {
    return cutOff;
  }

  /** Begins to start; {@link #awaitReady} waits until it serves. */
  void start() throws CommandFailed {
    try {
      CartwheelServer started = CartwheelServer.embed(config);
      started.cutOff(cutOff);
      server = started;
    } catch (StartException e) {
      throw new CommandFailed(ExitCode.FAILED, name + " does not start: " + e.getMessage());
    }
  }

  /** Waits; a node that does not come to serve is killed, so that it can be tried again. */
  void awaitReady() throws CommandFailed {
    try {
      running().ready().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      state = State.UP;
    } catch (ExecutionException | TimeoutException e) {
      kill();
      throw new CommandFailed(ExitCode.FAILED, name + " does not come to serve: " + e);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "interrupted while " + name + " was starting");
    }
  }

  void kill() {
    state = State.DOWN;
    running().kill();
    server = null;
  }

  void pause() {
    state = State.PAUSED;
    running().pause();
  }

  void resume() {
    running().resume();
    state = State.UP;
  }

  /** Its links to exactly these members lose everything, in its next life too. */
  void cutOff(Set<String> members) {
    cutOff = Set.copyOf(members);
    if (server != null) {
      server.cutOff(cutOff);
    }
  }

  void close() {
    if (server != null) {
      state = State.DOWN;
      server.close();
      server = null;
    }
  }

  private CartwheelServer running() {
    if (server == null) {
      throw new IllegalStateException(name + " is down");
    }
    return server;
  }
}
