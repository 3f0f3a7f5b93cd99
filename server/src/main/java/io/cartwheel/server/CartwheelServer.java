package io.cartwheel.server;

import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.config.HostPort;
import io.cartwheel.server.http.HttpNode;
import io.cartwheel.server.http.HttpServer;
import io.cartwheel.server.http.HttpSettings;
import io.cartwheel.server.node.EngineWrap;
import io.cartwheel.server.node.RunningNode;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole node: what {@code cartwheel server} runs, and what tests run in their own process. */
public final class CartwheelServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("cartwheel.server");

  private final Configuration config;
  private final JvmGcMetrics gcMetrics;
  private final RunningNode node;
  private final HttpServer http;
  private final AtomicBoolean closed = new AtomicBoolean();

  private CartwheelServer(Configuration config, JvmGcMetrics gcMetrics, EngineWrap engines)
      throws StartException {
    this.config = config;
    this.gcMetrics = gcMetrics;
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ClassLoaderMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    gcMetrics.bindTo(meters);
    node = RunningNode.start(config, new RunningNode.Equipment(meters, engines));
    var door = new HttpNode(node.shards(), meters, meters::scrape, new Facts(config, node));
    try {
      http = HttpServer.bind(HttpSettings.of(config), node.loops().group(), door);
    } catch (IOException e) {
      node.stop(Duration.ZERO);
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Starts a node; it serves once it is a member, which {@link #ready} tells.
   *
   * @param out where the one line {@code ready ...} goes then
   */
  public static CartwheelServer start(Configuration config, PrintStream out) throws StartException {
    NodeLog.configure(config);
    CartwheelServer server = embed(config);
    server
        .ready()
        .thenRun(() -> {
          String line = server.readyLine();
          LOG.info("{}", line);
          out.println(line);
          out.flush();
        });
    return server;
  }

  /** Starts a node among others in one process, whose log and output it leaves alone. */
  public static CartwheelServer embed(Configuration config) throws StartException {
    return embed(config, EngineWrap.NONE);
  }

  /** The same with something between the shards and their engine. For trials. */
  public static CartwheelServer embed(Configuration config, EngineWrap engines)
      throws StartException {
    var gc = new JvmGcMetrics();
    try {
      return new CartwheelServer(config, gc, engines);
    } catch (StartException | RuntimeException e) {
      gc.close();
      throw e;
    }
  }

  private String readyLine() {
    return "ready name=%s http=%s peer=%s"
        .formatted(node.name(), httpAddress(), HostPort.of(node.peerAddress()));
  }

  /** Completes once the node serves. */
  public CompletableFuture<Void> ready() {
    return node.ready();
  }

  /** Where HTTP is served, with the port that was bound. */
  public HostPort httpAddress() {
    return new HostPort(config.get(ConfigKeys.HTTP).host(), http.port());
  }

  /**
   * Stops the node cleanly when the process is asked to end, which then ends with status 0: an
   * operator's stop is no failure.
   */
  public void closeWithProcess() {
    Thread hook =
        new Thread(
            () -> {
              close();
              Runtime.getRuntime().halt(0);
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Ends as a killed process does: connections are cut, what is under way is dropped, nothing is
   * fsynced any more. For trials.
   */
  public void kill() {
    if (closed.compareAndSet(false, true)) {
      LOG.info("{} is killed", node.name());
      node.resume();
      http.close();
      node.kill();
      gcMetrics.close();
    }
  }

  /** Holds the node still, as if its process were stopped, until {@link #resume}. For trials. */
  public void pause() {
    node.pause();
  }

  /** Ends a pause. */
  public void resume() {
    node.resume();
  }

  /**
   * Loses all that goes over this node's own links to exactly these members. A partition is made by
   * telling both sides. For trials.
   */
  public void cutOff(Set<String> members) {
    node.cutOff(members);
  }

  /** Takes no more requests, lets those under way end, and closes everything durably. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    LOG.info("Stopping");
    node.resume();
    http.stopAccepting();
    try {
      if (!http.awaitRequests(config.get(ConfigKeys.STOP_TIMEOUT))) {
        LOG.warn("Some requests were still under way: their clients will not hear of them");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    http.close();
    node.stop(config.get(ConfigKeys.STOP_TIMEOUT));
    gcMetrics.close();
    LOG.info("Stopped");
  }
}
