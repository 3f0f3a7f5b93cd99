package io.cartwheel.server.config;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.version.ConflictPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** What is in force, and where each value came from. Made by {@link ConfigLoader}; immutable. */
public final class Configuration {
  private final SequencedMap<String, Setting> settings;
  private final SortedMap<Bytes, BucketType> bucketTypes = new TreeMap<>();

  Configuration(SequencedMap<String, Setting> settings, SortedSet<String> types) {
    this.settings = settings;
    types.forEach(type -> bucketTypes.put(Bytes.utf8(type), bucketType(type)));
  }

  /** All defaults. */
  public static Configuration defaults() {
    try {
      return ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    } catch (ConfigException e) {
      throw new AssertionError("the defaults are allowed", e);
    }
  }

  public <T> T get(ConfigKey<T> key) {
    String text = setting(key).text();
    return key.kind()
        .reader()
        .apply(text)
        .orElseThrow(() -> new AssertionError(key.name() + " was checked: " + text));
  }

  /** The value with its source. */
  public Setting setting(ConfigKey<?> key) {
    Setting setting = settings.get(key.name());
    if (setting == null) {
      throw new IllegalArgumentException("no such key: " + key.name());
    }
    return setting;
  }

  /**
   * Every key with its value and source, in the order of the reference; no secrets are among them.
   */
  public List<Setting> effective() {
    return List.copyOf(settings.values());
  }

  /** The declared bucket types by name, {@code default} among them. */
  public SortedMap<Bytes, BucketType> bucketTypes() {
    return new TreeMap<>(bucketTypes);
  }

  private BucketType bucketType(String name) {
    var keys = new TypeKeys(name, key -> setting(key).text());
    return new BucketType(
        name,
        get(keys.n()),
        new BucketType.Quorums(
            get(keys.r()),
            get(keys.w()),
            get(keys.dw()),
            get(keys.pr()),
            get(keys.pw()),
            get(keys.notFoundOk()),
            get(keys.basicQuorum()),
            get(keys.sloppyQuorum())),
        get(keys.allowMult()) ? ConflictPolicy.SIBLINGS : ConflictPolicy.LAST_WRITE_WINS,
        get(keys.fanout()),
        new BucketType.Limits(
            Math.toIntExact(get(keys.maxValue())),
            get(keys.maxSiblings()),
            Math.toIntExact(get(keys.maxSet()))),
        Optional.of(get(keys.ttl())).filter(ttl -> !ttl.isZero()));
  }
}
