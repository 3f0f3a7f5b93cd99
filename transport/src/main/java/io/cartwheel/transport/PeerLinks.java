package io.cartwheel.transport;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.node.ShardMap;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.RingPosition;
import io.cartwheel.transport.frame.FrameEncoder;
import io.cartwheel.transport.wire.Peer;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The links from one shard to one peer.
 *
 * <p>Nodes with Sx and Sy shards have max(Sx, Sy) links each way; number i joins shard i mod Sx to
 * shard i mod Sy. Since a partition's shard is the low bits of one hash, whatever their number, one
 * of a shard's links leads to the right shard of the peer for each partition of its own. How many
 * shards the peer has is known from the first link's handshake; the others are dialled then. They
 * stand and fall together: one that breaks takes the rest with it, so that "lost" means all.
 *
 * <p>Without links, dialling goes on with growing pauses; a request dials at once.
 */
final class PeerLinks implements LinkOwner {
  /** Requests to a peer that is down must not keep the shard busy dialling. */
  private static final long MIN_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A peer that lets go of us sooner than this is dialled as one that can't be reached. */
  private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Wiring wiring;
  private final int shard;
  private final MemberId member;
  private final NetworkSettings.Peer peer;
  private final Transport.Listener listener;
  private final EventLoop loop;
  private final Dialler dialler;
  private final Backoff backoff;
  private final Outbox outbox;

  private final List<DialAttempt> attempts = new ArrayList<>();

  /** Number k stands for link k·S + shard; empty while the first does not stand. */
  private @Nullable OutgoingLink[] links = {};

  private @Nullable ScheduledFuture<?> retry;
  private long dialledNanos;
  private long stoodNanos;
  private boolean closed;

  PeerLinks(ShardWiring own, MemberId member, NetworkSettings.Peer peer) {
    wiring = own.wiring();
    shard = own.shard();
    listener = own.listener();
    dialler = own.dialler();
    loop = wiring.loops().get(shard);
    this.member = member;
    this.peer = peer;
    NetworkSettings.Timing timing = wiring.settings().timing();
    backoff = new Backoff(timing.firstRetry(), timing.lastRetry());
    outbox = new Outbox(wiring.settings().limits().outboundBytes());
    dialledNanos = System.nanoTime() - MIN_GAP_NANOS;
  }

  /** What one shard's part of the network has in common. */
  record ShardWiring(Wiring wiring, int shard, Transport.Listener listener, Dialler dialler) {}

  boolean stand() {
    return links.length > 0;
  }

  void send(Message.Request request) {
    Peer.PeerFrame frame = FrameEncoder.encode(request);
    if (stand()) {
      if (!linkFor(request).send(frame)) {
        unsent(request.id());
      }
      return;
    }
    boolean fits = frame.getSerializedSize() <= wiring.settings().limits().frameBytes();
    if (closed || !fits || !outbox.offer(request.id(), frame, request.timeoutMillis())) {
      unsent(request.id());
    }
    dialNow();
  }

  /** Dials at once, or as soon as the least pause since the last dial is over. */
  void dialNow() {
    if (closed || stand() || !attempts.isEmpty()) {
      return;
    }
    long gap = dialledNanos + MIN_GAP_NANOS - System.nanoTime();
    if (gap > 0) {
      retryAfter(gap);
    } else {
      dialMissing();
    }
  }

  void close() {
    closed = true;
    drop("closed");
  }

  /** Dials the first link, or those of the others that are missing once it stands. */
  private void dialMissing() {
    stopRetry();
    if (!stand()) {
      dial(0);
      return;
    }
    for (int k = 1; k < links.length; k++) {
      if (links[k] == null) {
        dial(k);
      }
    }
  }

  private void dial(int k) {
    int number = k * wiring.loops().size() + shard;
    if (attempts.stream().noneMatch(attempt -> attempt.target().number() == number)) {
      dialledNanos = System.nanoTime();
      attempts.add(dialler.dial(new DialTarget(number, member, peer, this)));
    }
  }

  @Override
  public void stood(OutgoingLink link, Peer.Welcome welcome) {
    attempts.removeIf(attempt -> attempt.target().number() == link.number());
    int ours = wiring.loops().size();
    int count = Math.max(1, welcome.getShards() / ours);
    if (!stand()) {
      firstStood(link, count);
    } else if (links.length == count) {
      links[link.number() / ours] = link;
    } else {
      link.close("it came back with other shards");
      lose("it came back with other shards");
    }
  }

  private void firstStood(OutgoingLink link, int count) {
    links = new OutgoingLink[count];
    links[0] = link;
    stoodNanos = System.nanoTime();
    outbox.drain(waiting -> {
      if (!link.send(waiting.frame())) {
        unsent(waiting.id());
      }
    });
    wiring.dialLog().connected(member, peer.name());
    dialMissing();
    listener.connected(member);
  }

  @Override
  public void failed(DialAttempt attempt, String reason) {
    attempts.remove(attempt);
    if (stand()) {
      retryAfter(wiring.settings().timing().lastRetry().toNanos());
    } else {
      lose(reason);
    }
  }

  @Override
  public void replied(Message.Reply reply) {
    listener.replied(member, reply);
  }

  @Override
  public void broke(OutgoingLink link, String reason) {
    for (OutgoingLink each : links) {
      if (each == link) {
        lose(reason);
        return;
      }
    }
  }

  /** All links and all requests are gone; dials again after a while. */
  private void lose(String reason) {
    if (closed) {
      return;
    }
    if (stand() && System.nanoTime() - stoodNanos >= STABLE_NANOS) {
      backoff.succeeded();
    }
    drop(reason);
    retryAfter(backoff.failed());
    wiring.dialLog().lost(member, peer.name(), reason);
    listener.lost(member);
  }

  private void drop(String reason) {
    stopRetry();
    outbox.clear();
    @Nullable OutgoingLink[] dropped = links;
    links = new OutgoingLink[0];
    for (OutgoingLink link : dropped) {
      if (link != null) {
        link.close(reason);
      }
    }
    attempts.forEach(DialAttempt::giveUp);
    attempts.clear();
  }

  /**
   * The link to the peer's shard for the key or the partition, or the first while that one is
   * missing; also the first if it is about neither.
   */
  private OutgoingLink linkFor(Message.Request request) {
    int k = links.length > 1 ? linkOf(request) : 0;
    OutgoingLink right = links[k];
    OutgoingLink first = links[0];
    if (first == null) {
      throw new IllegalStateException("links that stand without the first");
    }
    return right == null ? first : right;
  }

  private int linkOf(Message.Request request) {
    return switch (request) {
      case Message.KeyRequest keyed -> {
        int partitions = wiring.settings().identity().partitions();
        yield linkOf(RingPosition.of(keyed.key()).partitionOf(partitions));
      }
      case Message.PartitionRequest about -> linkOf(about.partition());
      case Message.RepairQuery _,
          Message.BarrierQuery _,
          Message.ForgotQuery _,
          Message.Heartbeat _ ->
          0;
    };
  }

  private int linkOf(int partition) {
    int ours = wiring.loops().size();
    return new ShardMap(links.length * ours).shardOf(partition) / ours;
  }

  private void unsent(long requestId) {
    wiring.counters().unsent.increment();
    loop.execute(() -> listener.unsent(member, requestId));
  }

  private void retryAfter(long nanos) {
    stopRetry();
    retry = loop.schedule(this::dialMissing, nanos, TimeUnit.NANOSECONDS);
  }

  private void stopRetry() {
    if (retry != null) {
      retry.cancel(false);
      retry = null;
    }
  }
}
