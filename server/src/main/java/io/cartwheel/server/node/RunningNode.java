package io.cartwheel.server.node;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.ring.EqualPartitions;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.server.StartException;
import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.data.DataDirectory;
import io.cartwheel.server.data.DataDirectoryException;
import io.cartwheel.server.data.Members;
import io.cartwheel.server.metrics.ProtocolMeters;
import io.cartwheel.server.metrics.TransportMeters;
import io.cartwheel.transport.NetworkSettings;
import io.cartwheel.transport.PeerNetwork;
import io.cartwheel.transport.ShardLoops;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node without its client protocols: store, shards, peers, and the way into the cluster. */
public final class RunningNode implements Genesis.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger("cartwheel.node");

  private static final long MAX_FRAME_BYTES = 1L << 30;

  private final DataDirectory directory;
  private final Identity identity;
  private final ShardLoops loops;
  private final Store store;
  private final PeerNetwork network;
  private final NodeShards shards;
  private final ShardFigures figures;
  private final ExecutorService files;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private InetSocketAddress peerAddress = new InetSocketAddress(0);

  private RunningNode(
      Configuration config, DataDirectory directory, Identity identity, MeterRegistry meters)
      throws IOException {
    this.directory = directory;
    this.identity = identity;
    files = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("files").factory());
    directory.noteStart();
    loops = ShardLoops.start(shardCount(config), "shard");
    store = Store.open(config, directory.store(), meters);
    if (identity.known() && !store.outlivesProcess()) {
      directory.markRecovering();
    }
    if (directory.isRecovering()) {
      LOG.warn("Records may be missing here: reads prefer other replicas to this one");
    }
    network = new PeerNetwork(networkSettings(config, identity), loops.loops());
    shards =
        new NodeShards(loops.loops(), network, store, new ProtocolMeters(meters), view(config));
    TransportMeters.watch(meters, network);
    figures = new ShardFigures(loops.loops().size());
    figures.publish(meters);
  }

  /** Opens everything and listens for peers; {@link #ready} completes once the node may serve. */
  public static RunningNode start(Configuration config, MeterRegistry meters)
      throws StartException {
    try {
      DataDirectory directory = DataDirectory.open(config.get(ConfigKeys.DATA_DIR));
      try {
        var node = new RunningNode(config, directory, Identity.of(config, directory), meters);
        node.join();
        return node;
      } catch (IOException | DataDirectoryException | StartException | RuntimeException e) {
        directory.close();
        throw e;
      }
    } catch (IOException | DataDirectoryException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void join() throws IOException, StartException {
    var genesis = new Genesis(directory, identity.members(), files, this);
    try {
      peerAddress =
          network
              .start(
                  (shard, from, request, reply) ->
                      shards.shard(shard).received(from, request, reply),
                  genesis,
                  shards.listeners())
              .toCompletableFuture()
              .get();
    } catch (ExecutionException e) {
      throw new StartException("can't listen for peers: " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while starting", e);
    }
    genesis.begin(identity.known());
    for (int i = 0; i < loops.loops().size(); i++) {
      figures.follow(i, loops.loop(i), shards.shard(i));
    }
    figures.follow(loops.loop(0), network.transport(0), identity.members().names().keySet());
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  private static int shardCount(Configuration config) {
    int asked = config.get(ConfigKeys.SHARDS);
    return asked > 0 ? asked : Integer.highestOneBit(Runtime.getRuntime().availableProcessors());
  }

  private static NetworkSettings networkSettings(Configuration config, Identity identity) {
    Members members = identity.members();
    var peers = new TreeMap<MemberId, NetworkSettings.Peer>();
    members
        .addresses()
        .forEach((name, address) ->
            peers.put(members.idOf(name), new NetworkSettings.Peer(name, address.unresolved())));
    var self =
        new NetworkSettings.Identity(
            members.idOf(identity.name()),
            identity.name(),
            members.clusterId(),
            members.partitions(),
            identity.directory());
    return new NetworkSettings(
        self,
        config.get(ConfigKeys.PEER).resolved(),
        peers,
        limits(config),
        NetworkSettings.Timing.DEFAULT);
  }

  /** States travel whole: what each of N coordinators may pile up must fit into a frame. */
  private static NetworkSettings.Limits limits(Configuration config) {
    NetworkSettings.Limits usual = NetworkSettings.Limits.DEFAULT;
    long largest = usual.frameBytes();
    for (BucketType type : config.bucketTypes().values()) {
      long set = (long) type.limits().setBytes() + type.limits().valueBytes();
      largest = Math.max(largest, Math.min(type.n() * set, MAX_FRAME_BYTES));
    }
    return new NetworkSettings.Limits(
        (int) largest,
        usual.outboundBytes(),
        usual.unansweredRequests(),
        usual.unansweredBytes(),
        usual.incomingConnections());
  }

  private ClusterView view(Configuration config) {
    Members members = identity.members();
    SortedMap<Bytes, BucketType> types = config.bucketTypes();
    int longest = types.values().stream().mapToInt(BucketType::n).max().orElse(1);
    List<MemberId> ids = new ArrayList<>(members.names().keySet());
    Ring ring = EqualPartitions.ofGenesis(members.partitions(), ids, longest);
    MemberId self = members.idOf(identity.name());
    return new ClusterView(members.clusterId(), self, ring, types, directory.isRecovering());
  }

  @Override
  public void established() {
    shards.becomeReady();
    ready.complete(null);
  }

  @Override
  public void dataWasLost() {
    try {
      directory.markRecovering();
    } catch (IOException e) {
      LOG.error("Can't note that data was lost", e);
    }
    ClusterView known = shards.view();
    shards.publish(
        new ClusterView(known.clusterId(), known.self(), known.ring(), known.types(), true));
  }

  /** Completes once the node is a member and serves. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  public Shards shards() {
    return shards;
  }

  public ShardLoops loops() {
    return loops;
  }

  public String name() {
    return identity.name();
  }

  /** The members' names and addresses. */
  public Members members() {
    return identity.members();
  }

  /** Whether a link to the member stands, as of a moment ago; to this node itself always. */
  public boolean isConnected(MemberId member) {
    return member.equals(shards.view().self()) || figures.isConnected(member);
  }

  public InetSocketAddress peerAddress() {
    return peerAddress;
  }

  /** Lets work under way end, then closes everything in order and notes that it was clean. */
  public void stop(Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    while (shards.sum(s -> s.questionsOpen() + s.keysBusy()) > 0 && System.nanoTime() < until) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    boolean clean = true;
    clean &= closed("the network", () -> network.close().toCompletableFuture().get());
    clean &= closed("the shards", loops::close);
    clean &= closed("the files", files::close);
    clean &= closed("the store", store::close);
    if (clean) {
      closed("the mark of a clean stop", directory::noteCleanStop);
    }
    closed("the data directory", directory::close);
  }

  private interface Closing {
    void close() throws Exception;
  }

  /** One thing that can't be closed must not keep the others open. */
  private static boolean closed(String what, Closing closing) {
    try {
      closing.close();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      LOG.error("Closing {} failed: the stop is not clean", what, e);
      return false;
    }
  }
}
