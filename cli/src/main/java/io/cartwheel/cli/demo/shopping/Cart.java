package io.cartwheel.cli.demo.shopping;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.Json;
import io.cartwheel.cli.console.JsonObject;
import io.cartwheel.core.item.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One version of a cart. Two of them merge by union, with what was removed kept by its tag: a thing
 * that one sibling removed stays removed though another still has it.
 *
 * @param id names this version: no two writes have the same
 * @param things what is in it, each under the tag of its adding
 * @param removed tags of what was in it once
 */
record Cart(String id, SortedMap<String, String> things, SortedSet<String> removed) {
  Cart {
    things = Collections.unmodifiableSortedMap(new TreeMap<>(things));
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
  }

  /** What the siblings come to together; of no siblings an empty cart. */
  static Cart merged(List<Cart> siblings) {
    var things = new TreeMap<String, String>();
    var removed = new TreeSet<String>();
    for (Cart sibling : siblings) {
      things.putAll(sibling.things);
      removed.addAll(sibling.removed);
    }
    things.keySet().removeAll(removed);
    return new Cart("", things, removed);
  }

  Cart named(String newId) {
    return new Cart(newId, things, removed);
  }

  Cart with(String tag, String thing) {
    var more = new TreeMap<>(things);
    more.put(tag, thing);
    return new Cart(id, more, removed);
  }

  Cart without(String tag) {
    var fewer = new TreeMap<>(things);
    fewer.remove(tag);
    var tombstones = new TreeSet<>(removed);
    tombstones.add(tag);
    return new Cart(id, fewer, tombstones);
  }

  /** Whether the tag was ever in it. */
  boolean knows(String tag) {
    return things.containsKey(tag) || removed.contains(tag);
  }

  Bytes toJson() {
    var members = new LinkedHashMap<String, Object>();
    members.put("id", id);
    members.put("things", things);
    members.put("removed", removed);
    return Json.bytes(members);
  }

  static Cart parse(Bytes json) throws CommandFailed {
    JsonObject object = Json.parse(json);
    var things = new TreeMap<String, String>();
    Map<String, Object> members = object.object("things").map(JsonObject::members).orElse(Map.of());
    members.forEach((tag, thing) -> things.put(tag, thing.toString()));
    return new Cart(object.text("id").orElse(""), things, new TreeSet<>(object.texts("removed")));
  }
}
