package io.cartwheel.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a node is started with, time and again.
 *
 * @param folder holds its data directory and what it printed
 * @param initialCluster as the flag of that name takes it
 * @param arguments further ones, for {@code cartwheel server}
 */
public record NodeSettings(
    String name, Path folder, Ports ports, String initialCluster, List<String> arguments) {

  /** Where it listens, all on loopback. */
  public record Ports(int http, int pb, int peer) {}

  public NodeSettings {
    arguments = List.copyOf(arguments);
  }

  public Path dataDir() {
    return folder.resolve("data");
  }

  /** The words of its command line after {@code cartwheel}. */
  List<String> words() {
    var words =
        new ArrayList<>(
            List.of(
                "server",
                "--name",
                name,
                "--data-dir",
                dataDir().toString(),
                "--http",
                loopback(ports.http()),
                "--pb",
                loopback(ports.pb()),
                "--peer",
                loopback(ports.peer()),
                "--initial-cluster",
                initialCluster));
    words.addAll(arguments);
    return words;
  }

  static String loopback(int port) {
    return "127.0.0.1:" + port;
  }
}
