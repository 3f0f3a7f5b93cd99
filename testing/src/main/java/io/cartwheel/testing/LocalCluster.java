package io.cartwheel.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Nodes n1, n2, ... that form one cluster on this machine. */
public final class LocalCluster implements AutoCloseable {
  /** Generous: on a machine of two cores, the start of several JVMs takes its time. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<ServerProcess> nodes;

  /** Leaves no processes behind when the tests themselves are stopped. */
  private final Thread undertaker = new Thread(this::endAll);

  private LocalCluster(Path folder, List<ServerProcess> nodes) {
    this.folder = folder;
    this.nodes = List.copyOf(nodes);
    Runtime.getRuntime().addShutdownHook(undertaker);
  }

  /**
   * A cluster that serves.
   *
   * @param arguments further ones for each {@code cartwheel server}
   */
  public static LocalCluster of(int members, String... arguments) {
    LocalCluster cluster = prepared(members, arguments);
    try {
      cluster.startAll();
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** The same before its first start. */
  public static LocalCluster prepared(int members, String... arguments) {
    return prepared(Launch.classPath(), members, arguments);
  }

  /** The same by another way to run the command. */
  public static LocalCluster prepared(Launch launch, int members, String... arguments) {
    List<Integer> ports = FreePorts.take(3 * members);
    String initial =
        IntStream.range(0, members)
            .mapToObj(i -> nameOf(i) + "=" + NodeSettings.loopback(ports.get(3 * i + 2)))
            .collect(Collectors.joining(","));
    Path folder = temporaryFolder();
    var nodes = new ArrayList<ServerProcess>(members);
    for (int i = 0; i < members; i++) {
      var own =
          new NodeSettings.Ports(ports.get(3 * i), ports.get(3 * i + 1), ports.get(3 * i + 2));
      var settings =
          new NodeSettings(nameOf(i), folder.resolve(nameOf(i)), own, initial, List.of(arguments));
      nodes.add(new ServerProcess(settings, launch));
    }
    return new LocalCluster(folder, nodes);
  }

  private static String nameOf(int index) {
    return "n" + (index + 1);
  }

  public List<ServerProcess> nodes() {
    return nodes;
  }

  /** The node of this name: n1, n2, ... */
  public ServerProcess node(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no node " + name));
  }

  /** Starts all that don't run, then waits: none is ready before a majority is there. */
  public void startAll() {
    List<ServerProcess> down = nodes.stream().filter(node -> !node.isAlive()).toList();
    down.forEach(ServerProcess::start);
    down.forEach(node -> node.awaitReady(PATIENCE));
  }

  /** Ends all that run at once, as a power failure does to processes. */
  public void kill9All() {
    List<ServerProcess> alive = nodes.stream().filter(ServerProcess::isAlive).toList();
    alive.forEach(ServerProcess::sendKill);
    alive.forEach(node -> node.awaitEnd(PATIENCE));
  }

  /** The end of what each node printed. */
  public String logs() {
    return nodes.stream().map(ServerProcess::logs).collect(Collectors.joining());
  }

  /** Ends all processes and deletes their files. */
  @Override
  public void close() {
    endAll();
    delete(folder);
    Runtime.getRuntime().removeShutdownHook(undertaker);
  }

  private void endAll() {
    nodes.forEach(ServerProcess::close);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("cartwheel-test-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
