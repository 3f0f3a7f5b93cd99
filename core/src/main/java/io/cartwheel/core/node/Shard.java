package io.cartwheel.core.node;

import io.cartwheel.core.antientropy.AntiEntropy;
import io.cartwheel.core.antientropy.RepairSurvey;
import io.cartwheel.core.background.AdmissionController;
import io.cartwheel.core.coordination.Coordinators;
import io.cartwheel.core.coordination.Heartbeats;
import io.cartwheel.core.coordination.Inquiries;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.forgetting.Forgetting;
import io.cartwheel.core.handoff.HintDelivery;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.membership.FailureDetector;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.port.NodeRepairs;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.replica.DotMint;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.HintLoader;
import io.cartwheel.core.replica.Inspector;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaService;
import io.cartwheel.core.replica.SettingAside;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
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
  private final WatchedRequests requests;
  private final AdmissionController background;
  private final HintLedger hints;
  private final HintDelivery delivery;
  private final Heartbeats heartbeats;
  private final HintLoader loader;
  private final AntiEntropy antiEntropy;
  private final Surroundings around;
  private final NodeRepairs nodeRepairs;
  private final NodeBarriers nodeBarriers;
  private final Forgetting forgetting;
  private final Stamps stamps;
  private final StorageEngine engine;
  private ClusterView view;

  public Shard(ShardPorts ports, ClusterView view, ShardSettings settings) {
    this.view = view;
    nodeRepairs = ports.repairs();
    nodeBarriers = ports.barriers();
    engine = ports.engine();
    stamps = new Stamps(nodeBarriers.view().self().reached());
    hints = new HintLedger(settings.hints().quotaBytes());
    var mint = new DotMint(ports.entropy());
    replica = new Replica(engine, mint, hints, stamps, ports.clock(), ports.observer());
    replica.open(nodeBarriers.isOpen());
    inquiries =
        new Inquiries(view.self(), ports.transport(), ports.clock(), stamps, this::serveSelf);
    background = new AdmissionController(ports.clock(), ports.timers());
    around =
        new Surroundings(ports.clock(), ports.timers(), ports.observer(), inquiries, background);
    coordinators = new Coordinators(around, replica, ports.entropy(), this::view);
    requests = new WatchedRequests(coordinators, background.foreground(), ports.clock());
    replicas =
        new ReplicaService(replica, ports.clock(), stamps, this::view, coordinators::recover);
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
    forgetting =
        new Forgetting(
            around,
            engine,
            replica,
            this::view,
            nodeBarriers,
            coordinators::recover,
            antiEntropy::walk,
            settings.forgetting().walk().toNanos());
    inspector = new Inspector(ports.engine(), replica, hints, this::view, antiEntropy::segmentOf);
  }

  /** Begins what goes on without being asked: signs of life, and handing over what is owed. */
  public void start() {
    heartbeats.start();
    background.start();
    loader.start();
    delivery.start();
    antiEntropy.start();
    forgetting.start();
  }

  /** What its work uses: for the node's barriers, on shard 0. */
  public Surroundings around() {
    return around;
  }

  /** Begins all further work under this barrier. */
  public void enter(long barrier) {
    stamps.enter(barrier);
  }

  /** Makes all that was written safe from a loss of power. */
  public void sync(Consumer<Boolean> done) {
    engine.sync(result -> done.accept(result instanceof StorageEngine.WriteResult.Written));
  }

  /** Refuses from now on what this barrier outdates; tells what it held for others. */
  public Foreign.Held reach(long barrier) {
    stamps.reach(barrier);
    return new Foreign.Held(!loader.isDone(), hints.heldSinceLastAsked());
  }

  /** Takes no proof any more that ends by this barrier. */
  public void voidProofs(long barrier) {
    forgetting.voidProofs(barrier);
  }

  /** Whether it reads and writes from now on. */
  public void open(boolean nowOpen) {
    replica.open(nowOpen);
  }

  /** Sets aside all its records of these partitions; tells whether that went well. */
  public void setAside(SortedSet<Integer> partitions, Consumer<Boolean> done) {
    SortedSet<Integer> own = new TreeSet<>(partitions);
    own.retainAll(antiEntropy.partitions());
    new SettingAside(engine, around.timers(), replica, this::view).setAside(own, done);
  }

  /** How forgetting stands in this shard. */
  public Forgetting.State forgetting() {
    return forgetting.state();
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

  /** What this shard's background work gets now, and why. */
  public AdmissionController.Report background() {
    return background.report();
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
    serve(from, request, reply);
  }

  private void serveSelf(Message.Request request, Consumer<Message.Reply> reply) {
    serve(view.self(), request, reply);
  }

  private void serve(MemberId from, Message.Request request, Consumer<Message.Reply> reply) {
    switch (request) {
      case Message.ReplicaGet get -> replicas.get(get, reply);
      case Message.ReplicaPut put -> replicas.put(put, reply);
      case Message.ForwardedPut forwarded when stamps.isOutdated(forwarded.stamp()) ->
          reply.accept(new Message.Refused(forwarded.id(), Message.Refusal.OUTDATED));
      case Message.ForwardedPut forwarded -> coordinate(forwarded, reply);
      case Message.ConfirmForgettable asked -> forgetting.confirm(asked, reply);
      case Message.Forget asked -> forgetting.forget(asked, reply);
      case Message.TreeRequest trees -> antiEntropy.serve(trees, reply);
      case Message.RepairQuery(long id, boolean start, _) -> {
        if (start) {
          nodeRepairs.start();
        }
        reply.accept(new Message.RepairReport(id, nodeRepairs.state()));
      }
      case Message.BarrierQuery(long id, long current, long remembered, _) -> {
        nodeBarriers.heard(from, current, remembered);
        BarrierView known = nodeBarriers.view();
        reply.accept(new Message.BarrierReport(id, known.self(), known.reachedBy(from)));
      }
      case Message.ForgotQuery(long id, long copyReached, _) ->
          nodeBarriers.forgotSince(
              from,
              copyReached,
              partitions -> reply.accept(new Message.ForgotReport(id, List.copyOf(partitions))));
      case Message.Inspect inspect -> inspector.inspect(inspect, reply);
      case Message.Heartbeat(long id, _) -> reply.accept(new Message.Alive(id, isSlow()));
    }
  }

  private void coordinate(Message.ForwardedPut forwarded, Consumer<Message.Reply> reply) {
    boolean taken =
        requests.putForwarded(
            forwarded,
            outcome -> reply.accept(new Message.ForwardedOutcome(forwarded.id(), outcome)));
    if (!taken) {
      reply.accept(new Message.Refused(forwarded.id(), Message.Refusal.NOT_OWNER));
    }
  }

  @Override
  public void get(GetRequest request, Consumer<GetOutcome> done) {
    requests.get(request, done);
  }

  @Override
  public void put(PutRequest request, Consumer<PutOutcome> done) {
    requests.put(request, done);
  }

  @Override
  public void delete(DeleteRequest request, Consumer<DeleteOutcome> done) {
    requests.delete(request, done);
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
