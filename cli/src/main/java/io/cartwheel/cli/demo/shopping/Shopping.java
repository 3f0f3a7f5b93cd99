package io.cartwheel.cli.demo.shopping;

import io.cartwheel.cli.http.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** The whole load: shoppers at work, and the audit of their carts. */
public final class Shopping {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  private final List<NodeAddress> nodes;

  /** Told apart from earlier runs over the same files. */
  private final String run = Integer.toString(new SplittableRandom().nextInt(36 * 36 * 36), 36);

  private final Carts carts = new Carts(run);
  private final Tally tally = new Tally();
  private final List<Thread> shoppers = new ArrayList<>();
  private Journal.Verdict verdict = Journal.Verdict.NONE;
  private volatile boolean over;

  /**
   * What came of it all.
   *
   * @param lost acknowledged versions that are gone though no write covered them
   * @param resurrected versions that are back though a write covered them
   * @param thingsLost things whose adding was acknowledged and that no merged cart knows of
   * @param thingsBack things whose removal was acknowledged and forgotten
   * @param unread carts that could not be read from all replicas in the end
   */
  public record Outcome(int lost, int resurrected, int thingsLost, int thingsBack, int unread) {
    public boolean isClean() {
      return lost + resurrected + thingsLost + thingsBack + unread == 0;
    }
  }

  public Shopping(List<NodeAddress> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** Sends the shoppers in. */
  public void begin(int count, int changesPerSecond) {
    var pace = new Pace(changesPerSecond);
    for (int i = 0; i < count; i++) {
      var random = new SplittableRandom();
      var shopper = new Shopper(run + "-s" + i, nodes, tally, random);
      shoppers.add(
          Thread.ofPlatform()
              .name("shopper-" + i)
              .daemon()
              .start(() -> {
                while (pace.await(() -> over)) {
                  shop(shopper, random);
                }
              }));
    }
  }

  private void shop(Shopper shopper, RandomGenerator random) {
    Journal journal = carts.enterAny(random);
    try {
      shopper.change(journal);
    } finally {
      journal.leave();
    }
  }

  public Tally.Figures figures() {
    return tally.figures();
  }

  /** The key of a customer's present cart. */
  public Optional<String> cartOf(String customer) {
    return carts.keyOf(customer);
  }

  public List<String> customers() {
    return Carts.CUSTOMERS;
  }

  /** Closes the oldest books where there are too many, as far as all replicas answer just now. */
  public synchronized void auditOldest() {
    for (var next = carts.oldest(); next.isPresent(); next = carts.oldest()) {
      if (!audit(next.get(), 1)) {
        carts.later(next.get());
        return;
      }
    }
  }

  /** Ends the load, lets every shopper finish, and audits what is left. All nodes are to be up. */
  public synchronized Outcome end(Duration patience) {
    over = true;
    shoppers.forEach(LockSupport::unpark);
    shoppers.forEach(Shopping::join);
    long deadline = System.nanoTime() + patience.toNanos();
    int unread = 0;
    for (Journal journal : carts.all()) {
      boolean audited = false;
      while (!audited && System.nanoTime() < deadline) {
        audited = audit(journal, nodes.size());
      }
      unread += audited ? 0 : 1;
    }
    return new Outcome(
        verdict.lost(), verdict.resurrected(), verdict.thingsLost(), verdict.thingsBack(), unread);
  }

  private boolean audit(Journal journal, int tries) {
    for (int attempt = 0; attempt < tries; attempt++) {
      NodeAddress node = nodes.get(attempt % nodes.size());
      if (Shop.at(node, PATIENCE).readAll(journal.cart()) instanceof Answer.Seen seen) {
        verdict = verdict.plus(journal.audit(seen.siblings()));
        return true;
      }
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
    return false;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
