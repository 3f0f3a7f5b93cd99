package io.cartwheel.transport;

import io.cartwheel.core.ring.MemberId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a node talks to its peers.
 *
 * @param identity who this node is
 * @param bind where it listens; port 0 for any that is free
 * @param peers the other members; this node itself, if named, is left out
 * @param limits how much is buffered
 * @param timing how long is waited
 */
public record NetworkSettings(
    Identity identity,
    InetSocketAddress bind,
    SortedMap<MemberId, Peer> peers,
    Limits limits,
    Timing timing) {

  public NetworkSettings {
    var others = new TreeMap<>(peers);
    others.remove(identity.self());
    peers = Collections.unmodifiableSortedMap(others);
  }

  /**
   * Who a node is.
   *
   * @param partitions Q
   * @param directory the id of the node's data directory: a wiped and remade one has another
   */
  public record Identity(
      MemberId self, String name, long clusterId, int partitions, long directory) {}

  /**
   * Another member.
   *
   * @param address an unresolved host name is looked up anew for each dial
   */
  public record Peer(String name, InetSocketAddress address) {}

  /**
   * How much is buffered.
   *
   * @param frameBytes the largest frame taken
   * @param outboundBytes per connection: what may wait to be written, a single larger frame aside
   * @param unansweredRequests per connection: reading stops when so many requests await replies
   * @param unansweredBytes per connection: reading stops when requests so large await replies
   * @param incomingConnections how many are accepted at a time
   */
  public record Limits(
      int frameBytes,
      int outboundBytes,
      int unansweredRequests,
      int unansweredBytes,
      int incomingConnections) {
    public static final Limits DEFAULT = new Limits(64 << 20, 16 << 20, 8192, 16 << 20, 1024);

    public Limits {
      if (frameBytes < 4096
          || outboundBytes < 1
          || unansweredRequests < 1
          || unansweredBytes < 1
          || incomingConnections < 1) {
        throw new IllegalArgumentException("a limit is too low");
      }
    }
  }

  /**
   * How long is waited.
   *
   * @param connect for a connection to be made
   * @param handshake for the answer to a hello, and for the hello of whoever dialled here
   * @param heartbeat after so long without a write a ping is sent
   * @param silentHeartbeats a peer not heard from for so many heartbeats is lost
   * @param firstRetry between the first failed dial and the next; then twice that, and so on
   * @param lastRetry between dials at most
   */
  public record Timing(
      Duration connect,
      Duration handshake,
      Duration heartbeat,
      int silentHeartbeats,
      Duration firstRetry,
      Duration lastRetry) {
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            5,
            Duration.ofMillis(20),
            Duration.ofSeconds(1));
  }
}
