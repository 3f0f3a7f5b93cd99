package io.cartwheel.server.http.item;

import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import java.util.Optional;

/**
 * A key's state as clients are shown it: its values. Tombstones beside values are not shown as
 * siblings, but the context covers them.
 *
 * @param values the versions that hold a value, ascending by dot
 * @param deleted whether there are tombstones and nothing else
 */
record Shown(VersionSet state, List<Sibling> values, boolean deleted) {

  static Shown of(VersionSet state) {
    List<Sibling> values = state.values();
    return new Shown(state, values, values.isEmpty() && !state.siblings().isEmpty());
  }

  boolean isAbsent() {
    return values.isEmpty();
  }

  /** The name of what is shown: the version's, or that of the siblings together. */
  String entityTag() {
    return Vtag.of(values);
  }

  /** When the latest of the values was written, by its coordinator's clock. */
  long modifiedMillis() {
    long latest = 0;
    for (Sibling value : values) {
      latest = Math.max(latest, value.content().writtenMillis());
    }
    return latest;
  }

  /** How many tombstones stand beside the values. */
  int tombstones() {
    return state.siblings().size() - values.size();
  }

  /** Only the value of this name; empty when there is none. */
  Optional<Shown> only(String vtag) {
    return values.stream()
        .filter(value -> Vtag.of(value).equals(vtag))
        .findFirst()
        .map(value -> new Shown(state, List.of(value), false));
  }
}
