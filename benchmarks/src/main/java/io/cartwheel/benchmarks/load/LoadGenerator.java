package io.cartwheel.benchmarks.load;

import io.cartwheel.benchmarks.http.Answer;
import io.cartwheel.benchmarks.http.ItemRequests;
import io.cartwheel.benchmarks.http.Link;
import io.cartwheel.benchmarks.http.Node;
import io.cartwheel.benchmarks.http.Outcome;
import io.cartwheel.benchmarks.http.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Loads a cluster with records, then runs workloads over them, one after the other. */
public final class LoadGenerator implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final LoadSettings settings;
  private final List<RecordClient> clients = new ArrayList<>();
  private final Watchdog watchdog;

  public LoadGenerator(LoadSettings settings) {
    this.settings = settings;
    var contexts = new Contexts(settings.records());
    for (int thread = 0; thread < settings.threads(); thread++) {
      clients.add(client(thread, contexts));
    }
    watchdog = new Watchdog(clients.stream().map(RecordClient::link).toList());
  }

  private RecordClient client(int thread, Contexts contexts) {
    LoadSettings.Items items = settings.items();
    var order = new ArrayList<>(settings.nodes());
    Collections.rotate(order, -(thread % order.size()));
    return new RecordClient(
        new Link(order, settings.timeout()),
        new ItemRequests(items.type(), items.bucket(), items.valueBytes()),
        new Values(items.valueBytes(), new SplittableRandom(thread)),
        contexts);
  }

  /** The nodes that answer nothing now. */
  public List<Node> unreachable() {
    return settings.nodes().stream().filter(node -> !answers(node)).toList();
  }

  private boolean answers(Node node) {
    LoadSettings.Items items = settings.items();
    var link = new Link(List.of(node), settings.timeout());
    try (link;
        var patience = new Watchdog(List.of(link))) {
      var requests = new ItemRequests(items.type(), items.bucket(), 0);
      return link.exchange(to -> requests.get(0, to)) instanceof Answer;
    }
  }

  /**
   * Writes every record.
   *
   * @param loaded is told, on the calling thread, how many are written, now and then
   * @return the kind of error that ended it early, if one did
   */
  public Optional<String> load(IntConsumer loaded) {
    var next = new AtomicInteger();
    var failures = new ConcurrentLinkedQueue<String>();
    var crew = new Crew(clients.size());
    crew.start(thread -> {
      for (int record = next.getAndIncrement();
          record < settings.records() && failures.isEmpty();
          record = next.getAndIncrement()) {
        create(clients.get(thread), record).ifPresent(failures::add);
      }
    });
    crew.await(() -> loaded.accept(Math.clamp(next.get() - clients.size(), 0, settings.records())));
    if (failures.isEmpty()) {
      loaded.accept(settings.records());
    }
    return Optional.ofNullable(failures.peek());
  }

  private static Optional<String> create(RecordClient client, int record) {
    Outcome outcome = client.create(record);
    for (int attempt = 1; attempt < ATTEMPTS && !RecordClient.isSuccess(outcome); attempt++) {
      LockSupport.parkNanos(PAUSE.toNanos() * attempt);
      outcome = client.create(record);
    }
    return RecordClient.isSuccess(outcome) ? Optional.empty() : Optional.of(Tally.kind(outcome));
  }

  /**
   * Runs one workload, first for the time of the warm-up and then for the time that counts.
   *
   * @param second is told, on the calling thread, how many of the seconds that count are over
   */
  public Figures run(Workload workload, IntConsumer second) {
    long start = System.nanoTime();
    var window =
        new Window(
            start + settings.warmup().toNanos(), Math.toIntExact(settings.duration().toSeconds()));
    var tally = new Tally(window);
    long failoversBefore = failovers();
    var crew = new Crew(clients.size());
    crew.start(thread -> {
      var schedule = Schedule.of(settings.rate(), thread, settings.threads(), start);
      var random = new SplittableRandom(start + thread);
      var records = new ScrambledZipfian(settings.records(), random.split());
      new Worker(clients.get(thread), workload, schedule, tally).run(window, random, records);
    });
    crew.await(
        () -> second.accept(Math.clamp(window.second(System.nanoTime()), 0, window.seconds())));
    second.accept(window.seconds());
    return tally.figures(workload, failovers() - failoversBefore);
  }

  private long failovers() {
    return clients.stream().mapToLong(client -> client.link().failovers()).sum();
  }

  @Override
  public void close() {
    watchdog.close();
    clients.forEach(RecordClient::close);
  }
}
