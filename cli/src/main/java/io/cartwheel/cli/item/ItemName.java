package io.cartwheel.cli.item;

import io.cartwheel.cli.http.Target;

/** Where an item lives. */
public record ItemName(String type, String bucket, String key) {
  private static final String DEFAULT_TYPE = "default";

  Target target() {
    return type.equals(DEFAULT_TYPE)
        ? Target.of("buckets", bucket, "keys", key)
        : Target.of("types", type, "buckets", bucket, "keys", key);
  }

  /** The words that name it on a command line. */
  String words() {
    String words = bucket + " " + key;
    return type.equals(DEFAULT_TYPE) ? words : words + " --type " + type;
  }

  @Override
  public String toString() {
    String path = bucket + "/" + key;
    return type.equals(DEFAULT_TYPE) ? path : type + "/" + path;
  }
}
