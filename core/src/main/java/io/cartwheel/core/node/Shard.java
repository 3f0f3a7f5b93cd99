package io.cartwheel.core.node;

import io.cartwheel.core.antientropy.AntiEntropy;
import io.cartwheel.core.antientropy.RepairSurvey;
import io.cartwheel.core.coordination.Coordinators;
import io.cartwheel.core.coordination.Heartbeats;
import io.cartwheel.core.coordination.Inquiries;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.handoff.HintDelivery;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector;
import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.NodeRepairs;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.replica.DotMint;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.HintLoader;
import io.cartwheel.core.replica.Inspector;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaService;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * One thread's share of a node: its replicas and the coordination of its keys, wired together.
 *
 * <p>All calls come on the shard's thread. A crash is simply the end of calls: what must survive it
 * is in the engine.
 */
public final class Shard implements KeyValueService, Transport.Listener {
  private final Replica replica;
  private final ReplicaService replicas;
  private final Inspector inspector;
  private final Inquiries inquiries;
  private final Coordinators coordinators;
  private final HintLedger hints;
  private final HintDelivery delivery;
  private final Heartbeats heartbeats;
  private final HintLoader loader;
  private final AntiEntropy antiEntropy;
  private final Surroundings around;
  private final NodeRepairs nodeRepairs;
  private ClusterView view;

  public Shard(ShardPorts ports, ClusterView view, ShardSettings settings) {
    this.view = view;
    nodeRepairs = ports.repairs();
    hints = new HintLedger(settings.hints().quotaBytes());
    var mint = new DotMint(ports.entropy());
    replica = new Replica(ports.engine(), mint, hints, ports.clock(), ports.observer());
    inquiries = new Inquiries(view.self(), ports.transport(), ports.clock(), this::serve);
    around = new Surroundings(ports.clock(), ports.timers(), ports.observer(), inquiries);
    coordinators = new Coordinators(around, replica, ports.entropy(), this::view);
    replicas = new ReplicaService(replica, ports.clock(), this::view, coordinators::recover);
    heartbeats = new Heartbeats(around, this::view);
    delivery = new HintDelivery(around, replica, hints, this::view, settings.hints().perSecond());
    List<Integer> own = settings.partitions(view.ring().partitions()).boxed().toList();
    loader = new HintLoader(ports.engine(), ports.timers(), replica, this::view, own);
    antiEntropy =
        new AntiEntropy(
            around,
            new AntiEntropy.Stores(ports.engine(), replica, hints),
            this::view,
            coordinators::recover,
            new AntiEntropy.Settings(
                own,
                new ShardMap(ShardMap.MAX)::shardOf,
                settings.repair().every().toNanos(),
                settings.repair().scrub().toNanos()));
    inspector = new Inspector(ports.engine(), replica, hints, this::view, antiEntropy::segmentOf);
  }

  /** Begins what goes on without being asked: signs of life, and handing over what is owed. */
  public void start() {
    heartbeats.start();
    loader.start();
    delivery.start();
    antiEntropy.start();
  }

  /** Compares this shard with all other members now. */
  public void repair() {
    antiEntropy.hurry();
  }

  /** The shard's trees at a stop, for its start after that: see {@link AntiEntropy#save}. */
  public SortedMap<Integer, Bytes> saveTrees(Bytes mark) {
    return antiEntropy.save(mark);
  }

  /** Takes up trees before the start: see {@link AntiEntropy#restore}. */
  public void restoreTrees(Bytes mark, SortedMap<Integer, Bytes> saved) {
    antiEntropy.restore(mark, saved);
  }

  /** Compares this shard with nobody any more: the node is about to stop. */
  public void endRepairs() {
    antiEntropy.end();
  }

  /** Asks all members how their records compare; {@code start}: anew, from now on. */
  public void surveyRepairs(
      boolean start, Consumer<SortedMap<MemberId, Optional<RepairState>>> done) {
    RepairSurvey.make(around, view.ring().members(), start, done);
  }

  /** How this shard's records compare to other members'. */
  public AntiEntropy.State repairs() {
    return antiEntropy.state();
  }

  /** What this shard holds for others. */
  public HintLedger hints() {
    return hints;
  }

  /** Tries to hand over all hints now, to owners too that failed a moment ago. */
  public void drainHints() {
    delivery.hurry();
  }

  /** What this shard thinks of the members that it has heard of. */
  public FailureDetector detector() {
    return inquiries.readiness().detector();
  }

  /** Whether this shard finds itself slow of late. */
  public boolean isSlow() {
    return inquiries.readiness().isSlow();
  }

  public ClusterView view() {
    return view;
  }

  /** Goes by a newer snapshot from now on. */
  public void view(ClusterView newer) {
    view = newer;
  }

  /** How many questions to members, this one included, are open. */
  public int questionsOpen() {
    return inquiries.openCount();
  }

  /** How many keys have a read-merge-write under way. */
  public int keysBusy() {
    return replica.keysBusy();
  }

  /** A request of another member; the reply goes back the way it came. */
  public void received(MemberId from, Message.Request request, Consumer<Message.Reply> reply) {
    serve(request, reply);
  }

  private void serve(Message.Request request, Consumer<Message.Reply> reply) {
    switch (request) {
      case Message.ReplicaGet get -> replicas.get(get, reply);
      case Message.ReplicaPut put -> replicas.put(put, reply);
      case Message.ForwardedPut forwarded -> coordinate(forwarded, reply);
      case Message.PartitionRequest trees -> antiEntropy.serve(trees, reply);
      case Message.RepairQuery(long id, boolean start, _) -> {
        if (start) {
          nodeRepairs.start();
        }
        reply.accept(new Message.RepairReport(id, nodeRepairs.state()));
      }
      case Message.Inspect inspect -> inspector.inspect(inspect, reply);
      case Message.Heartbeat(long id, _) -> reply.accept(new Message.Alive(id, isSlow()));
    }
  }

  private void coordinate(Message.ForwardedPut forwarded, Consumer<Message.Reply> reply) {
    boolean taken =
        coordinators.putForwarded(
            forwarded.put(),
            forwarded.standIn(),
            forwarded.timeoutMillis(),
            outcome -> reply.accept(new Message.ForwardedOutcome(forwarded.id(), outcome)));
    if (!taken) {
      reply.accept(new Message.Refused(forwarded.id(), Message.Refusal.NOT_OWNER));
    }
  }

  @Override
  public void get(GetRequest request, Consumer<GetOutcome> done) {
    coordinators.get(request, done);
  }

  @Override
  public void put(PutRequest request, Consumer<PutOutcome> done) {
    coordinators.put(request, done);
  }

  @Override
  public void delete(DeleteRequest request, Consumer<DeleteOutcome> done) {
    coordinators.delete(request, done);
  }

  @Override
  public void explain(ItemKey key, Consumer<Explanation> done) {
    coordinators.explain(key, done);
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    inquiries.replied(from, reply);
  }

  @Override
  public void connected(MemberId member) {
    inquiries.connected(member);
  }

  @Override
  public void lost(MemberId member) {
    inquiries.lost(member);
  }

  @Override
  public void unsent(MemberId member, long requestId) {
    inquiries.unsent(member, requestId);
  }
}
