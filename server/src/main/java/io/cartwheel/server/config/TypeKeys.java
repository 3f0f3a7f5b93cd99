package io.cartwheel.server.config;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys of one bucket type, {@code bucket_types.T.*}.
 *
 * @param type its name
 * @param general what a key outside of types is set to: limits are those unless a type says more
 */
record TypeKeys(String type, Function<ConfigKey<?>, String> general) {
  static final String PREFIX = "bucket_types.";

  private static final int MAX_N = 64;

  /** The type that a key's name belongs to, if it is one of a type. */
  static Optional<String> typeOf(String name) {
    int end = name.lastIndexOf('.');
    return name.startsWith(PREFIX) && end >= PREFIX.length()
        ? Optional.of(name.substring(PREFIX.length(), end))
        : Optional.empty();
  }

  static boolean isType(String name) {
    return name.matches("[A-Za-z0-9._~-]{1,255}");
  }

  /** In the order of the reference. */
  List<ConfigKey<?>> all() {
    return List.of(
        n(),
        r(),
        w(),
        dw(),
        pr(),
        pw(),
        notFoundOk(),
        basicQuorum(),
        sloppyQuorum(),
        allowMult(),
        fanout(),
        ttl(),
        maxValue(),
        maxSiblings(),
        maxSet());
  }

  ConfigKey<Integer> n() {
    return key("n", Kind.count(1, MAX_N), "3", "How many replicas each item has; never changed.");
  }

  ConfigKey<Quorum> r() {
    return key("r", Kind.quorum(1), "quorum", "How many replicas answer a read.");
  }

  ConfigKey<Quorum> w() {
    return key("w", Kind.quorum(1), "quorum", "How many replicas take a write.");
  }

  ConfigKey<Quorum> dw() {
    return key(
        "dw", Kind.quorum(0), "quorum", "How many replicas hold a write durably; w at most.");
  }

  ConfigKey<Quorum> pr() {
    return key("pr", Kind.quorum(0), "0", "How many primaries answer a read.");
  }

  ConfigKey<Quorum> pw() {
    return key("pw", Kind.quorum(0), "0", "How many primaries take a write.");
  }

  ConfigKey<Boolean> notFoundOk() {
    return key("notfound_ok", Kind.flag(), "true", "Whether \"not found\" counts toward r.");
  }

  ConfigKey<Boolean> basicQuorum() {
    return key(
        "basic_quorum",
        Kind.flag(),
        "false",
        "Whether a majority of \"not found\" ends a read, when those do not count toward r.");
  }

  ConfigKey<Boolean> sloppyQuorum() {
    return key(
        "sloppy_quorum",
        Kind.flag(),
        "true",
        "Whether other nodes stand in for primaries that can't be reached.");
  }

  ConfigKey<Boolean> allowMult() {
    return key(
        "allow_mult",
        Kind.flag(),
        "true",
        "Whether concurrent versions are kept as siblings; if not, the last by time wins and the"
            + " others are dropped.");
  }

  ConfigKey<Fanout> fanout() {
    return key(
        "fanout",
        Kind.word(Fanout.class),
        "quorum",
        "How many replicas a read asks at first: all of them or r.");
  }

  ConfigKey<Duration> ttl() {
    return key(
        "ttl",
        Kind.duration(Duration.ZERO, BucketType.MAX_TTL),
        "0",
        "How long a value lasts whose write does not say, a second at least; 0: for ever.");
  }

  ConfigKey<Long> maxValue() {
    return likeGeneral("max_value", ConfigKeys.MAX_VALUE, "The largest value.");
  }

  ConfigKey<Integer> maxSiblings() {
    return likeGeneral("max_siblings", ConfigKeys.MAX_SIBLINGS, "How many siblings a key has.");
  }

  ConfigKey<Long> maxSet() {
    return likeGeneral("max_set", ConfigKeys.MAX_SET, "How large a key's siblings are together.");
  }

  private <T> ConfigKey<T> likeGeneral(String name, ConfigKey<T> like, String purpose) {
    String says = purpose + " Unless set, that of `" + like.name() + "`.";
    return key(name, like.kind(), general.apply(like), says);
  }

  private <T> ConfigKey<T> key(String name, Kind<T> kind, String byDefault, String purpose) {
    return new ConfigKey<>(PREFIX + type + "." + name, kind, byDefault, purpose);
  }
}
