package io.cartwheel.core.forgetting;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.Optional;

/**
 * What remains of a state when nobody can miss the rest any more: what clients of its type are
 * shown now, and what was seen of the epochs that is of.
 *
 * <p>Policies choose first, as for reads: a dead winner takes those along that it won over.
 */
final class Remains {
  /** So many epochs that no value is of are no matter; each costs some ten bytes. */
  private static final int IDLE_EPOCHS = 8;

  private Remains() {}

  /** Empty if the key's type is not known here, so that nothing may be forgotten. */
  static Optional<VersionSet> of(ClusterView view, ItemKey key, VersionSet state, long wallMillis) {
    return view.typeOf(key).map(BucketType::policy).map(policy -> of(policy, state, wallMillis));
  }

  private static VersionSet of(ConflictPolicy policy, VersionSet state, long wallMillis) {
    return policy.resolve(state).forgottenAt(wallMillis);
  }

  /** Whether it is worth the proof. */
  static boolean areWorthIt(VersionSet state, VersionSet remains) {
    return !state.isEmpty()
        && (state.siblings().size() > remains.siblings().size()
            || state.clock().size() > remains.clock().size() + IDLE_EPOCHS);
  }

  /** Whether looking closer may be worth it: cheap, for every record that changes. */
  static boolean mayBeWorthIt(VersionSet state) {
    return state.clock().size() > state.siblings().size() + IDLE_EPOCHS
        || state.siblings().size() > 1
        || state.siblings().stream().anyMatch(Remains::mayDie);
  }

  private static boolean mayDie(Sibling sibling) {
    return sibling.content().tombstone() || sibling.content().expires();
  }
}
