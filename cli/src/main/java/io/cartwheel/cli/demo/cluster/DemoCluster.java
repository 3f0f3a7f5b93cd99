package io.cartwheel.cli.demo.cluster;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.demo.cluster.DemoNode.State;
import io.cartwheel.cli.http.NodeAddress;
import io.cartwheel.server.NodeLog;
import io.cartwheel.server.config.ConfigException;
import io.cartwheel.server.config.ConfigLoader;
import io.cartwheel.server.config.Configuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The demo's cluster. Faults come one at a time, from whichever thread; the nodes may be looked at
 * from any.
 */
public final class DemoCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int FIRST_HTTP = 8101;
  private static final int FIRST_PEER = 7101;
  private static final String USED_FOLDER =
      "; a folder that was used before wants the same number of nodes, and the ports of then free";

  private final List<DemoNode> nodes;

  /** No more faults. */
  private boolean over;

  private boolean closed;

  private DemoCluster(List<DemoNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** Starts so many nodes, N=3 R=W=2, with their files in the folder, and waits until all serve. */
  public static DemoCluster start(int count, Path folder) throws CommandFailed {
    boolean used = Files.exists(folder.resolve(nameOf(1)));
    int http = FreePorts.row(FIRST_HTTP, count);
    int peer = FreePorts.row(FIRST_PEER, count);
    String members =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> nameOf(i) + "=" + HOST + ":" + (peer + i - 1))
            .collect(Collectors.joining(","));
    var nodes = new ArrayList<DemoNode>();
    for (int i = 1; i <= count; i++) {
      var address = new NodeAddress(HOST, http + i - 1);
      var flags = new LinkedHashMap<String, String>();
      flags.put("name", nameOf(i));
      flags.put("data_dir", folder.resolve(nameOf(i)).toString());
      flags.put("http", address.toString());
      flags.put("peer", HOST + ":" + (peer + i - 1));
      flags.put("initial_cluster", members);
      flags.put("cluster_name", "demo");
      flags.put("log.file", folder.resolve("demo.log").toString());
      // All share one process that is told to be small.
      flags.put("shards", "1");
      flags.put("storage.block_cache", "8MiB");
      flags.put("storage.write_buffer", "4MiB");
      flags.put("limits.max_in_flight", "16MiB");
      flags.put("timeouts.stop", "2s");
      nodes.add(new DemoNode(nameOf(i), address, configuration(flags)));
    }
    var cluster = new DemoCluster(nodes);
    try {
      cluster.startAll();
      return cluster;
    } catch (CommandFailed e) {
      cluster.close();
      throw used ? new CommandFailed(e.code(), e.reason() + USED_FOLDER) : e;
    }
  }

  private static String nameOf(int number) {
    return "n" + number;
  }

  private static Configuration configuration(Map<String, String> flags) throws CommandFailed {
    try {
      Configuration config = ConfigLoader.load(Optional.empty(), Map.of(), flags);
      NodeLog.configure(config);
      return config;
    } catch (ConfigException e) {
      throw new CommandFailed(ExitCode.FAILED, String.join("\n", e.problems()));
    }
  }

  private void startAll() throws CommandFailed {
    for (DemoNode node : nodes) {
      node.start();
    }
    for (DemoNode node : nodes) {
      node.awaitReady();
    }
  }

  public List<DemoNode> nodes() {
    return nodes;
  }

  public List<NodeAddress> addresses() {
    return nodes.stream().map(DemoNode::http).toList();
  }

  /** Of the nodes that are up: at least one. */
  public List<NodeAddress> addressesUp() throws CommandFailed {
    List<NodeAddress> up =
        nodes.stream().filter(node -> node.state() == State.UP).map(DemoNode::http).toList();
    if (up.isEmpty()) {
      throw new CommandFailed(ExitCode.UNAVAILABLE, "no node is up");
    }
    return up;
  }

  public boolean allUp() {
    return nodes.stream().allMatch(node -> node.state() == State.UP && node.cutOff().isEmpty());
  }

  /** The node of this number, from 1. */
  public DemoNode node(int number) throws CommandFailed {
    if (number < 1 || number > nodes.size()) {
      throw new CommandFailed(ExitCode.USAGE, "nodes are 1 to " + nodes.size());
    }
    return nodes.get(number - 1);
  }

  /** Kills a node unless something is wrong already; whether it did. */
  public synchronized boolean killIfAllAreUp(DemoNode node) {
    return allUp() && kill(node);
  }

  /** Kills a node; whether there was one to kill. */
  public synchronized boolean kill(DemoNode node) {
    if (over || node.state() == State.DOWN) {
      return false;
    }
    node.kill();
    return true;
  }

  /** Starts a killed node again, from what it had on disk; whether it was down. */
  public synchronized boolean restart(DemoNode node) throws CommandFailed {
    if (closed || node.state() != State.DOWN) {
      return false;
    }
    node.start();
    node.awaitReady();
    return true;
  }

  /** Stops a node without ending it; whether it was up. */
  public synchronized boolean pause(DemoNode node) {
    if (over || node.state() != State.UP) {
      return false;
    }
    node.pause();
    return true;
  }

  /** Lets a paused node go on; whether it was paused. */
  public synchronized boolean resume(DemoNode node) {
    if (node.state() != State.PAUSED) {
      return false;
    }
    node.resume();
    return true;
  }

  /** From now on no packet goes from one group to another; who is in no group is alone. */
  public synchronized void partition(List<Set<String>> groups) {
    if (over) {
      return;
    }
    var everybody = new TreeSet<String>();
    nodes.forEach(node -> everybody.add(node.name()));
    for (DemoNode node : nodes) {
      var others = new TreeSet<>(everybody);
      others.remove(node.name());
      groups.stream().filter(group -> group.contains(node.name())).forEach(others::removeAll);
      node.cutOff(others);
    }
  }

  /** Ends pauses and partitions; who was killed stays so. */
  public synchronized void heal() {
    nodes.forEach(this::resume);
    nodes.forEach(node -> node.cutOff(Set.of()));
  }

  /**
   * Brings everybody back, and lets nothing befall them any more.
   *
   * @return what kept nodes from coming back
   */
  public synchronized List<String> recover() {
    over = true;
    heal();
    var problems = new ArrayList<String>();
    for (DemoNode node : nodes) {
      try {
        restart(node);
      } catch (CommandFailed e) {
        problems.add(e.reason());
      }
    }
    return problems;
  }

  @Override
  public synchronized void close() {
    over = true;
    closed = true;
    nodes.forEach(DemoNode::close);
  }
}
