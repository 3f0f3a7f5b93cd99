package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Clients that don't wait: so many reads and writes a second of all nodes, whatever became of those
 * before.
 */
final class Load {
  private static final int KEYS = 2_000;
  private static final int TIMEOUT_MILLIS = 5_000;

  private final World world;
  private final Calls calls;
  private final SplittableRandom random;
  private final List<Request> requests = new ArrayList<>();
  private List<SimNode> asked;
  private long mostQuestions;

  /** What became of a request. */
  enum Outcome {
    DONE,
    OVERLOADED,
    FAILED
  }

  /** One that was answered. */
  private record Request(long beganNanos, long tookNanos, Outcome outcome) {}

  /**
   * What became of the requests that began within a time.
   *
   * @param donePerSecond answered as asked
   * @param p99Millis of those, how long the slowest but one in a hundred took
   * @param p999Millis the slowest but one in a thousand
   */
  record Figures(
      long donePerSecond, long overloaded, long failed, long p99Millis, long p999Millis) {}

  Load(World world, Calls calls) {
    this.world = world;
    this.calls = calls;
    random = world.split();
    asked = world.nodes();
  }

  /** From now on clients ask the other nodes only. */
  void spare(SimNode node) {
    asked = world.nodes().stream().filter(each -> each != node).toList();
  }

  /** Makes so many requests each second for so long, and moves time there. */
  void offer(double perSecond, long forNanos) {
    long from = world.time().now();
    long count = (long) (perSecond * forNanos / SECONDS);
    for (long i = 0; i < count; i++) {
      world.time().after((long) (i * SECONDS / perSecond), this::request);
    }
    for (long at = 0; at < forNanos; at += 50 * MILLIS) {
      world.time().after(at, this::lookAtQuestions);
    }
    world.time().runUntil(from + forNanos);
  }

  private void lookAtQuestions() {
    long questions = 0;
    for (SimNode node : world.nodes()) {
      questions += node.shards().stream().mapToInt(shard -> shard.questionsOpen()).sum();
    }
    mostQuestions = Math.max(mostQuestions, questions);
  }

  /** How many questions of all nodes were open at most. */
  long mostQuestions() {
    return mostQuestions;
  }

  private void request() {
    SimNode node = asked.get(random.nextInt(asked.size()));
    String name = "k" + random.nextInt(KEYS);
    var key = new ItemKey(PacedCluster.TYPE, Bytes.utf8("carts"), Bytes.utf8(name));
    if (random.nextBoolean()) {
      read(node, key);
    } else {
      write(node, key);
    }
  }

  private void read(SimNode node, ItemKey key) {
    long began = world.time().now();
    var options = GetRequest.Options.DEFAULT.withTimeout(TIMEOUT_MILLIS);
    calls.<GetOutcome>make(
        node,
        key,
        TIMEOUT_MILLIS,
        (shard, done) -> shard.get(new GetRequest(key, options), done),
        reply ->
            answered(
                began,
                reply instanceof Calls.Answered<GetOutcome>(GetOutcome.Failed(Failure failure))
                    ? Optional.of(failure)
                    : Optional.empty()));
  }

  private void write(SimNode node, ItemKey key) {
    long began = world.time().now();
    Content content =
        Content.value(Bytes.utf8("x"), Description.ofType("text/plain"), 0, Bytes.EMPTY);
    var options = PutRequest.Options.DEFAULT.withTimeout(TIMEOUT_MILLIS);
    var put = new PutRequest(key, content, VersionVector.EMPTY, 0, options);
    calls.<PutOutcome>make(
        node,
        key,
        TIMEOUT_MILLIS,
        (shard, done) -> shard.put(put, done),
        reply ->
            answered(
                began,
                reply instanceof Calls.Answered<PutOutcome>(PutOutcome.Failed(Failure failure))
                    ? Optional.of(failure)
                    : Optional.empty()));
  }

  private void answered(long began, Optional<Failure> failure) {
    Outcome outcome =
        failure
            .map(each -> each instanceof Failure.Overloaded ? Outcome.OVERLOADED : Outcome.FAILED)
            .orElse(Outcome.DONE);
    requests.add(new Request(began, world.time().now() - began, outcome));
  }

  /** Of the requests that began from then to then. */
  Figures figures(long fromNanos, long toNanos) {
    List<Request> begun =
        requests.stream()
            .filter(each -> each.beganNanos() >= fromNanos && each.beganNanos() < toNanos)
            .toList();
    long[] times =
        begun.stream()
            .filter(each -> each.outcome() == Outcome.DONE)
            .mapToLong(Request::tookNanos)
            .sorted()
            .toArray();
    long seconds = (toNanos - fromNanos) / SECONDS;
    return new Figures(
        times.length / seconds,
        count(begun, Outcome.OVERLOADED),
        count(begun, Outcome.FAILED),
        percentile(times, 0.99),
        percentile(times, 0.999));
  }

  private static long percentile(long[] sorted, double fraction) {
    return sorted.length == 0 ? 0 : sorted[(int) (sorted.length * fraction)] / MILLIS;
  }

  private static long count(List<Request> begun, Outcome outcome) {
    return begun.stream().filter(each -> each.outcome() == outcome).count();
  }
}
