package io.cartwheel.cli.demo.shopping;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * The customers' carts. One that was changed often enough is checked out, and its customer takes
 * another: no cart grows for ever, and the books of old ones can be closed. Safe from any thread.
 */
final class Carts {
  static final List<String> CUSTOMERS =
      List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");

  private static final int CHANGES_PER_CART = 150;

  /** Books of carts that were checked out and wait for the end: some 20 MB. */
  private static final int MOST_BOOKS = 500;

  private final String run;
  private final Map<String, Integer> generations = new HashMap<>();
  private final Map<String, Journal> open = new HashMap<>();
  private final Queue<Journal> checkedOut = new ArrayDeque<>();

  /**
   * Empty carts for all customers.
   *
   * @param run part of each key
   */
  Carts(String run) {
    this.run = run;
    CUSTOMERS.forEach(this::takeAnother);
  }

  /** A customer's present cart, which somebody now shops with. The first are the busiest. */
  synchronized Journal enterAny(RandomGenerator random) {
    int rank = Math.min(random.nextInt(CUSTOMERS.size()), random.nextInt(CUSTOMERS.size()));
    String customer = CUSTOMERS.get(rank);
    Journal journal = present(customer);
    if (journal.size() >= CHANGES_PER_CART) {
      checkedOut.add(journal);
      journal = takeAnother(customer);
    }
    journal.enter();
    return journal;
  }

  /** The key of a customer's present cart, if there is such a customer. */
  synchronized Optional<String> keyOf(String customer) {
    return Optional.ofNullable(open.get(customer)).map(Journal::cart);
  }

  /** The oldest cart that was checked out, when there are more books than should be kept. */
  synchronized Optional<Journal> oldest() {
    if (checkedOut.size() <= MOST_BOOKS || !checkedOut.element().isDeserted()) {
      return Optional.empty();
    }
    return Optional.of(checkedOut.remove());
  }

  /** Back to those that wait for an audit. */
  synchronized void later(Journal journal) {
    checkedOut.add(journal);
  }

  /** All whose books are not closed yet. */
  synchronized List<Journal> all() {
    var all = new ArrayList<>(checkedOut);
    all.addAll(open.values());
    return all;
  }

  private Journal takeAnother(String customer) {
    int generation = generations.merge(customer, 1, Integer::sum);
    var journal = new Journal(customer + "-" + run + "-" + generation);
    open.put(customer, journal);
    return journal;
  }

  private Journal present(String customer) {
    return Optional.ofNullable(open.get(customer)).orElseThrow();
  }
}
