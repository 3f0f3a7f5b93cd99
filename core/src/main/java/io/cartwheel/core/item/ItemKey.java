package io.cartwheel.core.item;

/**
 * The full name of an item: bucket type, bucket, key, each opaque bytes.
 *
 * @param type 1..255 bytes; {@code default} unless named
 * @param bucket 1..255 bytes
 * @param key 1..1024 bytes
 */
public record ItemKey(Bytes type, Bytes bucket, Bytes key) {
  public static final int MAX_NAME_BYTES = 255;
  public static final int MAX_KEY_BYTES = 1024;
  public static final Bytes DEFAULT_TYPE = Bytes.utf8("default");

  /** Refuses lengths outside the limits: whoever reads them from outside checks first. */
  public ItemKey {
    require(isName(type), "type");
    require(isName(bucket), "bucket");
    require(isKey(key), "key");
  }

  public static ItemKey of(String bucket, String key) {
    return new ItemKey(DEFAULT_TYPE, Bytes.utf8(bucket), Bytes.utf8(key));
  }

  public static boolean isName(Bytes name) {
    return !name.isEmpty() && name.length() <= MAX_NAME_BYTES;
  }

  public static boolean isKey(Bytes key) {
    return !key.isEmpty() && key.length() <= MAX_KEY_BYTES;
  }

  /** The length-prefixed form: unambiguous, hashed for the ring and stored as the engine's key. */
  public Bytes encoded() {
    var to = new Encoder(type.length() + bucket.length() + key.length() + 4);
    return to.bytes(type).bytes(bucket).bytes(key).toBytes();
  }

  public static ItemKey decode(Decoder from) throws MalformedException {
    Bytes type = from.bytes();
    Bytes bucket = from.bytes();
    Bytes key = from.bytes();
    if (!isName(type) || !isName(bucket) || !isKey(key)) {
      throw new MalformedException("a name outside its length limits");
    }
    return new ItemKey(type, bucket, key);
  }

  private static void require(boolean held, String what) {
    if (!held) {
      throw new IllegalArgumentException(what + " outside its length limits");
    }
  }
}
