package io.cartwheel.cli.item;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node holds of an item. */
sealed interface Fetched {

  /** What a later write hands back, so that it supersedes what was seen. */
  Optional<String> context();

  /**
   * There are versions.
   *
   * @param versions at least one; several are siblings, which a client must resolve
   * @param deletes how many deletes stand beside several versions; the context covers them
   */
  record Found(Optional<String> context, List<Version> versions, int deletes) implements Fetched {
    public Found {
      versions = List.copyOf(versions);
    }

    boolean conflict() {
      return versions.size() > 1;
    }
  }

  /**
   * There is nothing.
   *
   * @param deleted whether there was something once
   */
  record Absent(Optional<String> context, boolean deleted) implements Fetched {}

  /** As it is printed for scripts. */
  default Map<String, Object> toJson(ItemName name) {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", name.type());
    members.put("bucket", name.bucket());
    members.put("key", name.key());
    members.put("context", context());
    switch (this) {
      case Found(_, List<Version> versions, int deletes) -> {
        members.put("siblings", versions.stream().map(Version::toJson).toList());
        members.put("deletes", deletes);
      }
      case Absent(_, boolean deleted) -> {
        members.put("deleted", deleted);
        members.put("siblings", List.of());
      }
    }
    return members;
  }
}
