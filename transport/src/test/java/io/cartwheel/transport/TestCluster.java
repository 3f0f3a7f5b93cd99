package io.cartwheel.transport;

import static org.awaitility.Awaitility.await;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** Nodes {@code a} and {@code b} that know each other's addresses before either runs. */
final class TestCluster implements AutoCloseable {
  static final long CLUSTER_ID = 0xC1A5;
  static final int PARTITIONS = 64;
  static final MemberId A = MemberId.atGenesis(CLUSTER_ID, "a");
  static final MemberId B = MemberId.atGenesis(CLUSTER_ID, "b");

  /** Quick retries and beats, but patience: a machine may be busy with other things. */
  static final NetworkSettings.Timing BRISK =
      new NetworkSettings.Timing(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMillis(50),
          400,
          Duration.ofMillis(20),
          Duration.ofMillis(100));

  /** For tests of what happens when time is up. */
  static final NetworkSettings.Timing IMPATIENT =
      new NetworkSettings.Timing(
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          10,
          Duration.ofMillis(20),
          Duration.ofMillis(100));

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  private final Map<String, InetSocketAddress> addresses =
      Map.of("a", freeAddress(), "b", freeAddress());
  private final List<TestNode> nodes = new ArrayList<>();
  private final boolean epoll;

  TestCluster() {
    this(true);
  }

  TestCluster(boolean epoll) {
    this.epoll = epoll;
  }

  InetSocketAddress address(String name) {
    return Objects.requireNonNull(addresses.get(name));
  }

  TestNode start(String name, int shards) {
    return start(name, shards, settings -> settings);
  }

  TestNode start(String name, int shards, UnaryOperator<NetworkSettings> change) {
    TestNode node = prepare(name, shards, change);
    node.start();
    return node;
  }

  TestNode prepare(String name, int shards, UnaryOperator<NetworkSettings> change) {
    ShardLoops loops = epoll ? ShardLoops.start(shards, name) : ShardLoops.onNio(shards, name);
    var node = new TestNode(change.apply(settings(name)), loops);
    nodes.add(node);
    return node;
  }

  NetworkSettings settings(String name) {
    var identity =
        new NetworkSettings.Identity(
            MemberId.atGenesis(CLUSTER_ID, name), name, CLUSTER_ID, PARTITIONS, directory(name));
    var peers = new TreeMap<MemberId, NetworkSettings.Peer>();
    addresses.forEach((peer, address) ->
        peers.put(MemberId.atGenesis(CLUSTER_ID, peer), new NetworkSettings.Peer(peer, address)));
    return new NetworkSettings(
        identity, address(name), peers, NetworkSettings.Limits.DEFAULT, BRISK);
  }

  static NetworkSettings with(NetworkSettings settings, NetworkSettings.Limits limits) {
    return new NetworkSettings(
        settings.identity(), settings.bind(), settings.peers(), limits, settings.timing());
  }

  static NetworkSettings with(NetworkSettings settings, NetworkSettings.Timing timing) {
    return new NetworkSettings(
        settings.identity(), settings.bind(), settings.peers(), settings.limits(), timing);
  }

  static NetworkSettings with(NetworkSettings settings, NetworkSettings.Identity identity) {
    return new NetworkSettings(
        identity, settings.bind(), settings.peers(), settings.limits(), settings.timing());
  }

  static Message.ReplicaGet get(long id, String key) {
    return new Message.ReplicaGet(id, ItemKey.of("b", key), 1, Message.Detail.FULL, false, 60_000);
  }

  static Message.ReplicaPut put(long id, String key, int bytes) {
    return new Message.ReplicaPut(id, ItemKey.of("b", key), 1, state(bytes), List.of(), 0, 60_000);
  }

  static VersionSet state(int bytes) {
    Content content = Content.value(Bytes.wrap(new byte[bytes]), Description.NONE, 1, Bytes.EMPTY);
    return VersionSet.EMPTY.update(
        VersionVector.EMPTY, new Sibling(new Dot(new Epoch(1, 1), 1), content));
  }

  static long directory(String name) {
    return name.hashCode();
  }

  /**
   * A free port of a loopback address of its own, so that nobody else's dials go astray to us when
   * ports are used again.
   */
  static InetSocketAddress freeAddress() {
    var address = new byte[] {127, 0, 0, 0};
    for (int i = 1; i < address.length; i++) {
      address[i] = (byte) ThreadLocalRandom.current().nextInt(1, 255);
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(address))) {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until all links stand both ways: what is sent before may be lost with a dial. */
  static void awaitLinks(TestNode a, TestNode b) {
    int links = Math.max(a.loops.loops().size(), b.loops.loops().size());
    await().until(() -> a.network.traffic().outgoing() == links);
    await().until(() -> b.network.traffic().outgoing() == links);
  }

  @Override
  public void close() {
    nodes.forEach(TestNode::close);
    for (TestNode node : nodes) {
      if (!node.violations.isEmpty()) {
        throw new AssertionError(node.violations.toString());
      }
    }
  }
}
