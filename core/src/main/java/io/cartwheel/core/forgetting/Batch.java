package io.cartwheel.core.forgetting;

import io.cartwheel.core.antientropy.OneQuestion;
import io.cartwheel.core.coordination.Surroundings;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.BarrierView;
import io.cartwheel.core.merkle.TreeId;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.Message.Forgettable;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some keys of one tree on their way to be forgotten: confirmed by all primaries, then proven to be
 * nowhere else by the members' barriers, then forgotten by all primaries.
 *
 * <p>Whatever goes wrong, the keys stay as they are and may be tried again. Nothing of it is kept
 * over a restart: the confirmations are made anew.
 */
final class Batch {
  private final Surroundings around;
  private final TreeId tree;
  private final List<MemberId> primaries;
  private final Ending ending;
  private final List<Forgettable> keys;
  private final BitSet unconfirmed = new BitSet();
  private final Map<MemberId, Long> starts = new LinkedHashMap<>();
  private long confirmedBarrier;
  private int awaited;
  private Optional<MemberId> refuser = Optional.empty();
  private boolean proven;
  private Stage stage = Stage.CONFIRMING;

  private enum Stage {
    CONFIRMING,
    WAITING,
    FORGETTING,
    ENDED
  }

  /** Who hears how it ended. */
  interface Ending {
    /** Those of its keys that are not forgotten may be tried again. */
    void ended(Batch batch);
  }

  Batch(
      Surroundings around,
      TreeId tree,
      List<MemberId> primaries,
      List<Forgettable> keys,
      Ending ending) {
    this.around = around;
    this.tree = tree;
    this.primaries = List.copyOf(primaries);
    this.keys = List.copyOf(keys);
    this.ending = ending;
  }

  int size() {
    return keys.size();
  }

  List<ItemKey> keys() {
    return keys.stream().map(Forgettable::key).toList();
  }

  /** The primary that did not confirm anything, if one did not. */
  Optional<MemberId> refuser() {
    return refuser;
  }

  /** Whether its primaries were asked to forget. */
  boolean wasProven() {
    return proven;
  }

  int partition() {
    return tree.partition();
  }

  /** The barrier that all members must have reached for its proof; 0 while that is not known. */
  long wanted(BarrierView view) {
    return stage == Stage.WAITING ? view.provenFrom(tree.partition(), confirmedBarrier) + 1 : 0;
  }

  void start() {
    awaited = primaries.size();
    for (MemberId primary : primaries) {
      OneQuestion.ask(
          around,
          primary,
          id -> new Message.ConfirmForgettable(id, tree, keys, OneQuestion.TIMEOUT_MILLIS),
          answer -> confirmed(primary, answer));
    }
  }

  private void confirmed(MemberId primary, Optional<Message.Reply> answer) {
    if (stage != Stage.CONFIRMING) {
      return;
    }
    if (answer.orElse(null)
            instanceof
            Message.ForgettableConfirmed(_, List<Boolean> which, long start, long reached)
        && which.size() == keys.size()) {
      confirmedBarrier = Math.max(confirmedBarrier, reached);
      starts.put(primary, start);
      for (int number = 0; number < which.size(); number++) {
        unconfirmed.set(number, unconfirmed.get(number) || !which.get(number));
      }
      if (--awaited == 0) {
        allConfirmed();
      }
    } else {
      refuser = Optional.of(primary);
      giveUp();
    }
  }

  private void allConfirmed() {
    stage = Stage.WAITING;
    if (unconfirmed.cardinality() == keys.size()) {
      giveUp();
    }
  }

  private List<Forgettable> confirmedKeys() {
    var confirmed = new ArrayList<Forgettable>();
    for (int number = 0; number < keys.size(); number++) {
      if (!unconfirmed.get(number)) {
        confirmed.add(keys.get(number));
      }
    }
    return confirmed;
  }

  /** Ends it without effect, unless primaries are forgetting already. */
  void giveUp() {
    if (stage == Stage.CONFIRMING || stage == Stage.WAITING) {
      end();
    }
  }

  /** Has the primaries forget, once that is proven. */
  void forgetIfProven(BarrierView view) {
    if (stage == Stage.WAITING) {
      view.provenSince(tree.partition(), confirmedBarrier)
          .ifPresent(proof -> forgetIfNobodyStartedSince(view, proof));
    }
  }

  /** A primary that has started since may have done so with an older copy of its directory. */
  private void forgetIfNobodyStartedSince(BarrierView view, long proof) {
    MemberId self = around.inquiries().self();
    boolean areTheSame =
        starts.entrySet().stream()
            .allMatch(each -> view.startOf(each.getKey(), self) == each.getValue());
    if (areTheSame) {
      forget(proof);
    } else {
      giveUp();
    }
  }

  private void forget(long proof) {
    stage = Stage.FORGETTING;
    proven = true;
    awaited = primaries.size();
    List<Forgettable> all = confirmedKeys();
    for (MemberId primary : primaries) {
      OneQuestion.ask(
          around,
          primary,
          id -> new Message.Forget(id, tree, all, proof, OneQuestion.TIMEOUT_MILLIS),
          _ -> {
            if (--awaited == 0) {
              end();
            }
          });
    }
  }

  private void end() {
    stage = Stage.ENDED;
    ending.ended(this);
  }
}
