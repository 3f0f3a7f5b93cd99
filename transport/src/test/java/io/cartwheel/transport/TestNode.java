package io.cartwheel.transport;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.Foreign;
import io.cartwheel.core.membership.Standing;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.node.ShardMap;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.RingPosition;
import io.cartwheel.core.version.VersionSet;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A node's network without a node: records what it hears, and answers at once unless told else. */
final class TestNode implements AutoCloseable {
  final MemberId id;
  final ShardLoops loops;
  final PeerNetwork network;
  final Queue<Heard> heard = new ConcurrentLinkedQueue<>();
  final Queue<Incoming> incoming = new ConcurrentLinkedQueue<>();
  final Queue<Message.Reply> replies = new ConcurrentLinkedQueue<>();
  final Queue<Long> directories = new ConcurrentLinkedQueue<>();
  final Queue<Acquaintances.Greeting> greetings = new ConcurrentLinkedQueue<>();

  /** What is not as it should be: wrong threads, calls from within calls. */
  final Queue<String> violations = new ConcurrentLinkedQueue<>();

  volatile Consumer<Incoming> answering =
      incoming -> incoming.reply().accept(answerTo(incoming.request()));
  volatile boolean established;
  volatile boolean metBefore;

  /** A bug of ours, to see that it leaves no connection stuck. */
  volatile boolean memoryFails;

  private final int partitions;
  private final boolean[] inCall;

  /** Something a shard's listener heard. */
  record Heard(int shard, MemberId member, What what, long id) {}

  /** What a listener hears. */
  enum What {
    CONNECTED,
    LOST,
    REPLIED,
    UNSENT
  }

  /** A request that came. */
  record Incoming(
      int shard, MemberId from, Message.Request request, Consumer<Message.Reply> reply) {}

  TestNode(NetworkSettings settings, ShardLoops loops) {
    id = settings.identity().self();
    this.loops = loops;
    partitions = settings.identity().partitions();
    network = new PeerNetwork(settings, loops.loops());
    inCall = new boolean[loops.loops().size()];
  }

  InetSocketAddress start() {
    var listeners = new ArrayList<Transport.Listener>();
    for (int shard = 0; shard < loops.loops().size(); shard++) {
      listeners.add(new Recorder(shard));
    }
    return network.start(this::received, new Acquainted(), listeners).toCompletableFuture().join();
  }

  void send(int shard, TestNode to, Message.Request request) {
    send(shard, to.id, List.of(request));
  }

  /** Sends all of them in one turn of the shard's loop. */
  void send(int shard, MemberId to, List<? extends Message.Request> requests) {
    onLoop(shard, transport -> requests.forEach(request -> transport.send(to, request)));
  }

  void dial(int shard, MemberId to) {
    onLoop(shard, transport -> transport.dial(to));
  }

  boolean isConnected(int shard, MemberId to) {
    var connected = new java.util.concurrent.CompletableFuture<Boolean>();
    onLoop(shard, transport -> connected.complete(transport.isConnected(to)));
    return connected.join();
  }

  int shardOf(ItemKey key) {
    return new ShardMap(loops.loops().size()).shardOf(RingPosition.of(key).partitionOf(partitions));
  }

  long count(What what) {
    return heard.stream().filter(each -> each.what() == what).count();
  }

  List<Long> ids(What what) {
    return heard.stream().filter(each -> each.what() == what).map(Heard::id).toList();
  }

  @Override
  public void close() {
    network.close().toCompletableFuture().join();
    loops.close();
  }

  static Message.Reply answerTo(Message.Request request) {
    return switch (request) {
      case Message.ReplicaGet get -> new Message.ReplicaState(get.id(), VersionSet.EMPTY, false, 0);
      case Message.ReplicaPut put -> new Message.ReplicaStored(put.id(), true);
      case Message.ForwardedPut put ->
          new Message.Refused(put.id(), Message.Refusal.STORAGE_FAILED);
      case Message.PartitionRequest about ->
          new Message.Refused(about.id(), Message.Refusal.NOT_READY);
      case Message.RepairQuery(long id, _, _) ->
          new Message.RepairReport(id, new Message.RepairState(true, 0, 0));
      case Message.BarrierQuery(long id, _, _, _) ->
          new Message.BarrierReport(id, new Standing(0, 0, 0, Foreign.unknownUntil(1)), 0);
      case Message.ForgotQuery(long id, _, _) -> new Message.ForgotReport(id, List.of());
      case Message.Inspect(long id, _, _) ->
          new Message.Inspected(
              id, new KeyReport(false, new KeyReport.Copy.Absent(), Optional.empty()));
      case Message.Heartbeat(long id, _) -> new Message.Alive(id, false);
    };
  }

  private void onLoop(int shard, Consumer<Transport> work) {
    loops
        .loop(shard)
        .execute(() -> {
          inCall[shard] = true;
          try {
            work.accept(network.transport(shard));
          } finally {
            inCall[shard] = false;
          }
        });
  }

  private void received(
      int shard, MemberId from, Message.Request request, Consumer<Message.Reply> reply) {
    if (!loops.loop(shard).inEventLoop()) {
      violations.add("request for shard " + shard + " on " + Thread.currentThread().getName());
    }
    if (request instanceof Message.KeyRequest keyed && shardOf(keyed.key()) != shard) {
      violations.add("request for shard " + shardOf(keyed.key()) + " given to " + shard);
    }
    var arrived = new Incoming(shard, from, request, reply);
    incoming.add(arrived);
    answering.accept(arrived);
  }

  private final class Acquainted implements Acquaintances {
    @Override
    public boolean established() {
      return established;
    }

    @Override
    public boolean metBefore(MemberId member, long directory) {
      directories.add(directory);
      return metBefore;
    }

    @Override
    public void met(MemberId member, Greeting greeting) {
      if (memoryFails) {
        throw new IllegalStateException("on purpose, to be logged");
      }
      greetings.add(greeting);
    }
  }

  private final class Recorder implements Transport.Listener {
    private final int shard;

    Recorder(int shard) {
      this.shard = shard;
    }

    @Override
    public void replied(MemberId from, Message.Reply reply) {
      replies.add(reply);
      record(from, What.REPLIED, reply.id());
    }

    @Override
    public void connected(MemberId member) {
      record(member, What.CONNECTED, 0);
    }

    @Override
    public void lost(MemberId member) {
      record(member, What.LOST, 0);
    }

    @Override
    public void unsent(MemberId member, long requestId) {
      record(member, What.UNSENT, requestId);
    }

    private void record(MemberId member, What what, long requestId) {
      if (!loops.loop(shard).inEventLoop()) {
        violations.add(what + " for shard " + shard + " on " + Thread.currentThread().getName());
      } else if (inCall[shard]) {
        violations.add(what + " from within a call");
      }
      heard.add(new Heard(shard, member, what, requestId));
    }
  }
}
