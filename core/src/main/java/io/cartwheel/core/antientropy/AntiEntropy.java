package io.cartwheel.core.antientropy;

import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.merkle.MerkleTree;
import io.cartwheel.core.message.KeyReport;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.replica.HintLedger;
import io.cartwheel.core.replica.Replica;
import io.cartwheel.core.replica.ReplicaService.LossListener;
import io.cartwheel.core.ring.MemberId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * A shard's anti-entropy (Dynamo §4.7): its trees, the walks that make them, the exchanges with
 * others that they serve.
 */
public final class AntiEntropy {
  private final Surroundings around;
  private final Replica replica;
  private final Supplier<ClusterView> view;
  private final Settings settings;
  private final Trees trees;
  private final Scrub scrub;
  private final KeyLister lister;
  private final TreeService service;
  private final ExchangeSchedule schedule;
  private final Questions questions;
  private final ExchangeFigures figures = new ExchangeFigures();

  /**
   * How often, and of what.
   *
   * @param partitions the shard's
   * @param groupOf of a partition: those of one group belong to one shard at every member
   * @param everyNanos from one round with a member to the next
   * @param scrubNanos from one look at all records to the next
   */
  public record Settings(
      List<Integer> partitions, IntUnaryOperator groupOf, long everyNanos, long scrubNanos) {
    public Settings {
      partitions = List.copyOf(partitions);
    }
  }

  /** What it works on. */
  public record Stores(StorageEngine engine, Replica replica, HintLedger hints) {}

  public AntiEntropy(
      Surroundings around,
      Stores stores,
      Supplier<ClusterView> view,
      LossListener losses,
      Settings settings) {
    this.around = around;
    this.view = view;
    this.settings = settings;
    replica = stores.replica();
    questions = new Questions(around);
    trees = new Trees(view, settings.partitions(), this::doubted);
    lister = new KeyLister(stores.engine(), around.background(), trees, replica);
    service = new TreeService(trees, lister);
    scrub = new Scrub(around, stores.engine(), replica, trees, losses, settings.scrubNanos());
    schedule =
        new ExchangeSchedule(
            around, view, trees, stores.hints(), this::exchange, settings.everyNanos());
    replica.listener(trees);
  }

  /** Begins, and goes on for as long as the shard lives. */
  public void start() {
    scrub.start();
    schedule.start();
  }

  /** Compares no more, with nobody, and waits for no answer: the node is about to stop. */
  public void end() {
    questions.end();
  }

  /** Answers another member's exchange. */
  public void serve(Message.TreeRequest request, Consumer<Message.Reply> reply) {
    service.serve(request, reply);
  }

  /** Looks through a partition, as soon as its turn comes. */
  public void walk(int partition) {
    scrub.soon(partition);
  }

  public List<Integer> partitions() {
    return settings.partitions();
  }

  /** Compares with all members now. */
  public void hurry() {
    schedule.hurry();
  }

  /**
   * The trees by their partitions, for {@link #restore} at the next start: none while a write is
   * under way, since they may not have heard of what the engine holds already.
   *
   * @param mark names the records as they are now: others have another
   */
  public SortedMap<Integer, Bytes> save(Bytes mark) {
    return replica.keysBusy() == 0 ? trees.save(mark) : new TreeMap<>();
  }

  /**
   * Takes up what was saved, before the start: from then on it can be compared. It must have been
   * deleted wherever it was kept, since the first write makes it wrong.
   *
   * @param mark names the records as they are now
   */
  public void restore(Bytes mark, SortedMap<Integer, Bytes> saved) {
    trees.restore(mark, saved);
  }

  /** What a key's segment holds; empty if this member is none of the key's owners. */
  public Optional<KeyReport.Segment> segmentOf(Address address) {
    int number = MerkleTree.segmentOf(address.key());
    return trees
        .treeOf(address)
        .map(
            id -> new KeyReport.Segment(id, number, trees.find(id).map(tree -> tree.leaf(number))));
  }

  /** How this shard compares to the others', as of now. */
  public State state() {
    return new State(
        schedule.isInSync(),
        schedule.isRefilled(),
        schedule.differing(),
        schedule.unlike(),
        trees.missing(),
        scrub.walked(),
        figures.sum());
  }

  /**
   * How a shard compares to the others'.
   *
   * @param inSync whether the last round with each member that answers ended with all equal
   * @param refilled whether all that was lost before the start is back, as far as anybody has it
   * @param differing how many keys are known to differ and are not repaired yet
   * @param unlike how many members have other trees, since their bucket types are not this one's
   * @param treesMissing how many partitions' trees are yet to be made
   * @param walked how many partitions were walked through since the start
   */
  public record State(
      boolean inSync,
      boolean refilled,
      int differing,
      int unlike,
      int treesMissing,
      long walked,
      ExchangeFigures.Sum figures) {}

  private void doubted(int partition) {
    scrub.soon(partition);
  }

  private void exchange(MemberId peer, Consumer<Exchange.Outcome> done) {
    long listVersion = view.get().ring().version();
    var round = new Round(around, questions, trees, lister, replica, figures, peer, listVersion);
    new Exchange(round, settings.groupOf(), done).start();
  }
}
