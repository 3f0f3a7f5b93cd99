package io.cartwheel.server.node;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.membership.BarrierRecord;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.node.ShardSettings;
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
import io.cartwheel.transport.PeerNetwork;
import io.cartwheel.transport.ShardLoops;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node without its client protocols: store, shards, peers, and the way into the cluster. */
public final class RunningNode implements Genesis.Outcome {
  private static final Logger LOG = LoggerFactory.getLogger("cartwheel.node");

  private static final long REFILLED_MILLIS = 500;

  private final Opened opened;
  private final DataDirectory directory;
  private final Identity identity;
  private final ShardLoops loops;
  private final Store store;
  private final PeerNetwork network;
  private final NodeShards shards;
  private final NodeCondition condition;
  private final ExecutorService files;
  private final CompletableFuture<Void> established = new CompletableFuture<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Pause pause;
  private Ending ending = Ending.HALF_WAY;
  private InetSocketAddress peerAddress = new InetSocketAddress(0);

  /** How a node comes to its end. */
  private enum Ending {
    /** It did not get so far as to serve. */
    HALF_WAY,
    CLEAN,
    KILLED;

    void close(Store store) throws IOException {
      if (this == KILLED) {
        store.abandon();
      } else {
        store.close();
      }
    }
  }

  /** The parts of a node that fails half-way are closed by whoever gave {@code opened}. */
  private RunningNode(
      Configuration config, Opened opened, DataDirectory directory, Equipment equipment)
      throws IOException, DataDirectoryException, StartException {
    this.opened = opened;
    this.directory = directory;
    MeterRegistry meters = equipment.meters();
    opened.add("the data directory", this::leaveDirectory);
    identity = Identity.of(config, directory);
    directory.noteStart();
    store = new Store.Wrapped(Store.open(config, directory.store(), meters), equipment.engines());
    opened.add("the store", () -> ending.close(store));
    files = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("files").factory());
    opened.add("the files", files::close);
    opened.add("the trees", this::saveTrees);
    loops = ShardLoops.start(shardCount(config), identity.name() + "-shard");
    opened.add("the shards", loops::close);
    pause = new Pause(loops.loops());
    if (identity.known() && !store.outlivesProcess()) {
      directory.markRecovering();
    }
    if (directory.isRecovering()) {
      LOG.warn("Records may be missing here: reads prefer other replicas to this one");
    }
    network = new PeerNetwork(PeerSettings.of(config, identity), loops.loops());
    opened.add("the network", () -> network.close().toCompletableFuture().get());
    var protocol = new ProtocolMeters(meters);
    long hintsQuotaBytes = config.get(ConfigKeys.HINTS_QUOTA);
    shards =
        new NodeShards(
            loops.loops(),
            network,
            store,
            protocol,
            view(config),
            new NodeShards.Tasks(
                new ShardSettings.Hints(hintsQuotaBytes, config.get(ConfigKeys.HINTS_PER_SECOND)),
                new ShardSettings.Repair(
                    config.get(ConfigKeys.REPAIR_INTERVAL), config.get(ConfigKeys.SCRUB_INTERVAL)),
                new ShardSettings.Forgetting(
                    config.get(ConfigKeys.BARRIER_INTERVAL),
                    ShardSettings.Forgetting.DEFAULT.walk())),
            new BarrierFiles(directory.barriers()));
    int restored = shards.restoreTrees(mark(), directory.takeTrees());
    LOG.info("Merkle trees of {} partitions were kept since the last stop", restored);
    new RepairMeters(meters, shards.repairs()).publish();
    new ForgettingMeters(meters, shards.barriers()).publish();
    TransportMeters.watch(meters, network);
    condition = new NodeCondition(shards, store, protocol, hintsQuotaBytes);
    condition.publish(meters, identity.members());
  }

  /**
   * What a node is given beside its configuration.
   *
   * @param meters where it counts
   * @param engines what is put between its shards and their engine
   */
  public record Equipment(MeterRegistry meters, EngineWrap engines) {}

  /** Opens everything and listens for peers; {@link #ready} completes once the node may serve. */
  public static RunningNode start(Configuration config, Equipment equipment) throws StartException {
    var opened = new Opened();
    try {
      DataDirectory directory = DataDirectory.open(config.get(ConfigKeys.DATA_DIR));
      var node = new RunningNode(config, opened, directory, equipment);
      node.join();
      return node;
    } catch (IOException | DataDirectoryException e) {
      opened.closeAll();
      throw new StartException(String.valueOf(e.getMessage()), e);
    } catch (StartException | RuntimeException e) {
      opened.closeAll();
      throw e;
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
    CompletableFuture.allOf(established, shards.barriers().opened()).thenRun(this::becomeReady);
    genesis.begin(identity.known());
    shards.start();
    condition.follow(loops, network, identity.members());
    loops
        .loop(0)
        .scheduleAtFixedRate(
            this::noteRefilled, REFILLED_MILLIS, REFILLED_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Once all that was lost is back, as far as anybody has it, reads may count on this node. */
  private void noteRefilled() {
    if (shards.view().recovering() && shards.repairs().isRefilled()) {
      files.execute(this::becomeWhole);
    }
  }

  private void becomeWhole() {
    if (!shards.view().recovering()) {
      return;
    }
    try {
      directory.markWhole();
      recovering(false);
      LOG.info("All records that others have are back here: reads count on this node again");
    } catch (IOException e) {
      LOG.error("Can't note that the node is whole again", e);
    }
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  private static int shardCount(Configuration config) {
    int asked = config.get(ConfigKeys.SHARDS);
    return asked > 0 ? asked : Integer.highestOneBit(Runtime.getRuntime().availableProcessors());
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
    established.complete(null);
  }

  private void becomeReady() {
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
    recovering(true);
  }

  /** What barriers keep in the data directory. */
  private final class BarrierFiles implements BarrierDesk.Files {
    private final BarrierRecord kept;

    BarrierFiles(BarrierRecord kept) {
      this.kept = kept;
    }

    @Override
    public BarrierRecord barriers() {
      return kept;
    }

    @Override
    public void keep(BarrierRecord record, Consumer<Boolean> done) {
      files.execute(() -> done.accept(keep(record)));
    }

    private boolean keep(BarrierRecord record) {
      try {
        directory.keepBarriers(record);
        return true;
      } catch (IOException | RuntimeException e) {
        LOG.error("Can't note which barrier was reached", e);
        return false;
      }
    }

    @Override
    public void dataWasLost() {
      LOG.warn(
          "Others know more of this node than its data directory does: it is an older copy, or new."
              + " What they have deleted since is set aside, and what is missing comes back");
      files.execute(RunningNode.this::dataWasLost);
    }
  }

  private void recovering(boolean isRecovering) {
    ClusterView known = shards.view();
    shards.publish(
        new ClusterView(
            known.clusterId(), known.self(), known.ring(), known.types(), isRecovering));
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

  /** How this node is. */
  public NodeCondition condition() {
    return condition;
  }

  public InetSocketAddress peerAddress() {
    return peerAddress;
  }

  /** Lets work under way end, then closes everything in order and notes that it was clean. */
  public void stop(Duration patience) {
    shards.endRepairs();
    long until = System.nanoTime() + patience.toNanos();
    while (shards.sum(s -> s.questionsOpen() + s.keysBusy()) > 0 && System.nanoTime() < until) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    end(Ending.CLEAN);
  }

  /**
   * Ends as a killed process does: what is under way is dropped, no more is written or fsynced, and
   * the directory does not count as stopped cleanly. For trials with nodes in one process.
   */
  public void kill() {
    end(Ending.KILLED);
  }

  private void end(Ending how) {
    resume();
    ending = how;
    opened.closeAll();
  }

  private void leaveDirectory() throws IOException, DataDirectoryException {
    try {
      if (ending == Ending.CLEAN && opened.allWell()) {
        directory.noteCleanStop();
      }
    } finally {
      directory.close();
    }
  }

  /** When no thread of the shards runs any more, and before the store is closed. */
  private void saveTrees() {
    if (ending != Ending.CLEAN || !opened.allWell() || !store.outlivesProcess()) {
      return;
    }
    try {
      directory.writeTrees(shards.saveTrees(mark()));
    } catch (IOException e) {
      LOG.warn("Can't keep the Merkle trees: the next start makes them anew", e);
    }
  }

  /** Names the records as they are now. */
  private Bytes mark() {
    return Bytes.utf8("%016x %s".formatted(identity.directory(), store.mark()));
  }

  /** Holds the node's threads still until {@link #resume}; for trials. */
  public void pause() {
    pause.begin();
  }

  /** Ends a pause. */
  public void resume() {
    pause.end();
  }

  /** Cuts this node's own links to these members, and to no others; for trials. */
  public void cutOff(Set<String> names) {
    network.cutOff(
        names.stream().map(members()::idOf).collect(Collectors.toCollection(TreeSet::new)));
  }
}
