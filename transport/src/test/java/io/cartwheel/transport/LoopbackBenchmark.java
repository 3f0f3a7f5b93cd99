package io.cartwheel.transport;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures requests and replies between two nodes of one shard each over loopback.
 *
 * <p>Arguments: seconds per figure, then numbers of outstanding requests; by default 5, 32, 1024.
 */
final class LoopbackBenchmark {
  private static final int VALUE_BYTES = 1024;

  private LoopbackBenchmark() {}

  public static void main(String[] arguments) throws InterruptedException {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int[] outstanding = {32, 1024};
    if (arguments.length > 1) {
      outstanding = List.of(arguments).stream().skip(1).mapToInt(Integer::parseInt).toArray();
    }
    for (int each : outstanding) {
      for (boolean put : new boolean[] {true, false}) {
        measure(put, each, Duration.ofSeconds(seconds));
      }
    }
  }

  private static void measure(boolean put, int outstanding, Duration time)
      throws InterruptedException {
    try (var cluster = new TestCluster();
        ShardLoops loopsOfA = ShardLoops.start(1, "a");
        ShardLoops loopsOfB = ShardLoops.start(1, "b")) {
      var a = new PeerNetwork(cluster.settings("a"), loopsOfA.loops());
      var b = new PeerNetwork(cluster.settings("b"), loopsOfB.loops());
      VersionSet state = TestCluster.state(VALUE_BYTES);
      Inbound answering =
          (_, _, request, reply) ->
              reply.accept(
                  request instanceof Message.ReplicaGet
                      ? new Message.ReplicaState(request.id(), state, false, 0)
                      : new Message.ReplicaStored(request.id(), true));
      var asking = new Asking(a.transport(0), put, outstanding);
      b.start(answering, new Strangers(), List.of(new Asking(b.transport(0), put, 0)))
          .toCompletableFuture()
          .join();
      a.start(answering, new Strangers(), List.of(asking)).toCompletableFuture().join();
      asking.begun.await();
      TimeUnit.SECONDS.sleep(2);
      long before = asking.replies.get();
      long cpuBefore = cpuNanos();
      long start = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
      double seconds = (System.nanoTime() - start) / 1e9;
      long answered = asking.replies.get() - before;
      System.out.printf(
          "%s of %d bytes, %d outstanding: %,.0f/s, %.1f us of CPU each%n",
          put ? "puts" : "gets",
          VALUE_BYTES,
          outstanding,
          answered / seconds,
          (cpuNanos() - cpuBefore) / 1e3 / answered);
      a.close().toCompletableFuture().join();
      b.close().toCompletableFuture().join();
    }
  }

  /** Both nodes', and whatever the JVM does beside: tells more than the rate on a busy machine. */
  private static long cpuNanos() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }

  /** Sends one request more for each reply. */
  private static final class Asking implements Transport.Listener {
    private final Transport transport;
    private final boolean put;
    private final int outstanding;
    private final AtomicLong replies = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final VersionSet state = TestCluster.state(VALUE_BYTES);
    private long id;

    Asking(Transport transport, boolean put, int outstanding) {
      this.transport = transport;
      this.put = put;
      this.outstanding = outstanding;
    }

    private void ask(MemberId member) {
      long next = id++;
      Message.ReplicaGet get = TestCluster.get(next, "key-" + next % 1000);
      transport.send(
          member,
          put ? new Message.ReplicaPut(next, get.key(), 1, state, List.of(), 0, 5000) : get);
    }

    @Override
    public void replied(MemberId from, Message.Reply reply) {
      replies.setPlain(replies.getPlain() + 1);
      ask(from);
    }

    @Override
    public void connected(MemberId member) {
      for (int i = 0; i < outstanding; i++) {
        ask(member);
      }
      begun.countDown();
    }

    @Override
    public void lost(MemberId member) {}

    @Override
    public void unsent(MemberId member, long requestId) {
      throw new IllegalStateException("request " + requestId + " found no room");
    }
  }

  private static final class Strangers implements Acquaintances {
    @Override
    public boolean established() {
      return false;
    }

    @Override
    public boolean metBefore(MemberId member, long directory) {
      return false;
    }

    @Override
    public void met(MemberId member, Greeting greeting) {}
  }
}
