package io.cartwheel.cli.demo.shopping;

import io.cartwheel.cli.http.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Somebody who changes carts, one thing at a time: reads the cart, merges what siblings there are,
 * adds or removes something, and writes it back with the context of what was read. After a write
 * that was not acknowledged they read anew before they try again, at another node.
 */
final class Shopper {
  private static final List<String> THINGS =
      List.of("book", "pen", "ink", "lamp", "tea", "cup", "map", "rope", "soap", "kite");

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int TRIES = 10;
  private static final int SOME_THINGS = 5;

  private final String name;
  private final List<NodeAddress> nodes;
  private final Tally tally;
  private final RandomGenerator random;
  private int changes;
  private int versions;

  Shopper(String name, List<NodeAddress> nodes, Tally tally, RandomGenerator random) {
    this.name = name;
    this.nodes = List.copyOf(nodes);
    this.tally = tally;
    this.random = random;
  }

  /** Changes the cart by one thing, trying several times. */
  void change(Journal journal) {
    String tag = name + "." + changes++;
    Optional<String> removing = Optional.empty();
    boolean decided = false;
    int node = random.nextInt(nodes.size());
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Shop shop = Shop.at(nodes.get((node + attempt) % nodes.size()), PATIENCE);
      Optional<Answer.Seen> read = read(shop, journal);
      if (read.isEmpty()) {
        continue;
      }
      Cart merged = read.get().merged();
      if (!decided) {
        removing = toRemove(merged);
        decided = true;
      }
      boolean alreadyDone =
          removing.isPresent() ? merged.removed().contains(removing.get()) : merged.knows(tag);
      if (alreadyDone || write(shop, journal, read.get(), change(merged, tag, removing))) {
        return;
      }
    }
  }

  /** A change of the cart, and what it is about. */
  private record Changed(Cart cart, String tag, boolean adds) {}

  private Changed change(Cart merged, String tag, Optional<String> removing) {
    String id = name + ":" + versions++;
    return removing.isPresent()
        ? new Changed(merged.without(removing.get()).named(id), removing.get(), false)
        : new Changed(merged.with(tag, oneOf(THINGS)).named(id), tag, true);
  }

  private Optional<Answer.Seen> read(Shop shop, Journal journal) {
    long start = System.nanoTime();
    Answer answer = shop.read(journal.cart());
    if (answer instanceof Answer.Seen seen) {
      tally.took(Duration.ofNanos(System.nanoTime() - start));
      tally.read(seen.siblings().size());
      journal.seen(seen.siblings());
      return Optional.of(seen);
    }
    count(answer);
    return Optional.empty();
  }

  private boolean write(Shop shop, Journal journal, Answer.Seen seen, Changed changed) {
    String id = changed.cart().id();
    journal.trying(
        new Journal.Attempt(id, Stored.names(seen.siblings()), changed.tag(), changed.adds()));
    long start = System.nanoTime();
    Answer answer = shop.write(journal.cart(), changed.cart(), seen.context());
    if (answer instanceof Answer.Taken) {
      tally.took(Duration.ofNanos(System.nanoTime() - start));
      journal.acknowledged(id);
    }
    count(answer);
    return answer instanceof Answer.Taken;
  }

  private void count(Answer answer) {
    switch (answer) {
      case Answer.Taken _ -> tally.acknowledged();
      case Answer.Refused _ -> tally.refused();
      case Answer.Unknown _ -> tally.unanswered();
      case Answer.Seen _ -> {}
    }
  }

  /** Something to take out again, the more likely the fuller the cart is. */
  private Optional<String> toRemove(Cart cart) {
    return random.nextInt(2 * SOME_THINGS) < cart.things().size() - 1
        ? Optional.of(oneOf(new ArrayList<>(cart.things().keySet())))
        : Optional.empty();
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
