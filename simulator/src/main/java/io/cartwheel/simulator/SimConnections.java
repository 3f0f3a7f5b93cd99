package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.node.Shard;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One node's connections to the others, during one life of its process. */
final class SimConnections {
  /** After so long without a sign of life a connection counts as lost. */
  private static final long SILENCE = 5 * SECONDS;

  private static final long CONNECT_TIMEOUT = SECONDS;
  private static final long LATE = 20 * MILLIS;
  private static final long REDIAL = SECONDS / 2;

  private final World world;
  private final SimNode owner;
  private final Life life;
  private final Map<MemberId, Connection> connections = new LinkedHashMap<>();

  SimConnections(World world, SimNode owner, Life life) {
    this.world = world;
    this.owner = owner;
    this.life = life;
  }

  private static final class Connection {
    private final SimNode peer;
    private final List<Runnable> waiting = new ArrayList<>();
    private @Nullable Life peerLife;

    Connection(SimNode peer) {
      this.peer = peer;
    }

    boolean stands() {
      return peerLife != null;
    }
  }

  Transport transportOf(int shard) {
    return new Transport() {
      @Override
      public void send(MemberId to, Message.Request request) {
        Connection connection = connection(to);
        if (connection.stands()) {
          transmit(connection, shard, request);
        } else {
          connection.waiting.add(() -> transmit(connection, shard, request));
        }
      }

      @Override
      public boolean isConnected(MemberId member) {
        Connection connection = connections.get(member);
        return connection != null && connection.stands();
      }

      @Override
      public void dial(MemberId member) {
        if (isConnected(member)) {
          life.after(0, () -> owner.shards().get(shard).connected(member));
        } else {
          connection(member);
        }
      }
    };
  }

  /** Dials everybody. */
  void start() {
    for (SimNode peer : world.nodes()) {
      if (peer != owner) {
        connection(peer.id());
      }
    }
  }

  /** The connection to a member; dialled if there is none. */
  private Connection connection(MemberId to) {
    Connection known = connections.get(to);
    if (known != null) {
      return known;
    }
    var fresh = new Connection(world.nodeOf(to));
    connections.put(to, fresh);
    life.after(world.network().latency(), () -> connect(fresh));
    return fresh;
  }

  private void connect(Connection connection) {
    if (!world.network().passes(linkTo(connection.peer))) {
      life.after(CONNECT_TIMEOUT, () -> breakOff(connection));
    } else if (!connection.peer.isUp()) {
      breakOff(connection);
    } else {
      connection.peerLife = connection.peer.life();
      owner.forEachShard(shard -> shard.connected(connection.peer.id()));
      List.copyOf(connection.waiting).forEach(Runnable::run);
      connection.waiting.clear();
    }
  }

  private void breakOff(Connection connection) {
    if (connections.remove(connection.peer.id(), connection)) {
      owner.forEachShard(shard -> shard.lost(connection.peer.id()));
      life.after(REDIAL, () -> connection(connection.peer.id()));
    }
  }

  private void transmit(Connection connection, int shard, Message.Request request) {
    SimNode peer = connection.peer;
    long sent = world.time().now();
    Consumer<Message.Reply> reply =
        answer -> world.network().carry(linkTo(peer).back(), () -> hear(connection, shard, answer));
    world
        .network()
        .carry(
            linkTo(peer),
            () -> {
              if (peer.isUp() && peer.life() == connection.peerLife) {
                peer.life()
                    .run(() -> {
                      noteIfLate(request, sent);
                      target(peer, shard, request).received(owner.id(), request, reply);
                    });
              }
            });
  }

  private void noteIfLate(Message.Request request, long sent) {
    if (request instanceof Message.ForwardedPut forwarded && world.time().now() - sent > LATE) {
      world.ledger().cameLate(forwarded.put().content().requestId());
    }
  }

  private static Shard target(SimNode peer, int shard, Message.Request request) {
    return switch (request) {
      case Message.KeyRequest about -> peer.shardOf(about.key());
      case Message.PartitionRequest about -> peer.shardOf(about.partition());
      case Message.RepairQuery _,
          Message.BarrierQuery _,
          Message.ForgotQuery _,
          Message.Heartbeat _ ->
          peer.shards().get(shard % peer.shards().size());
    };
  }

  private void hear(Connection connection, int shard, Message.Reply reply) {
    life.run(() -> {
      if (connections.get(connection.peer.id()) == connection) {
        owner.shards().get(shard).replied(connection.peer.id(), reply);
      }
    });
  }

  /** The peer's process died: a reset if its machine lives, silence if not. */
  void peerDied(SimNode peer, boolean silently) {
    Connection connection = connections.get(peer.id());
    if (connection != null && connection.stands()) {
      long delay = silently ? SILENCE : world.network().latency();
      life.after(delay, () -> breakOff(connection));
    }
  }

  /** The link to the peer was cut: if it still is after a while, the connection is lost. */
  void peerCut(SimNode peer) {
    Connection connection = connections.get(peer.id());
    if (connection != null) {
      life.after(
          SILENCE,
          () -> {
            if (!world.network().passes(linkTo(peer))) {
              breakOff(connection);
            }
          });
    }
  }

  private SimNetwork.Link linkTo(SimNode peer) {
    return new SimNetwork.Link(owner.number(), peer.number());
  }
}
