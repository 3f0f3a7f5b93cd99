package io.cartwheel.core.item;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The full name of an item: bucket type, bucket, key, each opaque bytes.
 *
 * <p>Knows its MD5 once that was asked for: on its way through a node a key is placed on the ring
 * several times.
 */
public final class ItemKey {
  public static final int MAX_NAME_BYTES = 255;
  public static final int MAX_KEY_BYTES = 1024;
  public static final Bytes DEFAULT_TYPE = Bytes.utf8("default");

  private final Bytes type;
  private final Bytes bucket;
  private final Bytes key;

  /** Whoever computes it twice computes the same, and it can't be seen half made. */
  private @Nullable Hash128 md5;

  /**
   * Refuses lengths outside the limits: whoever reads them from outside checks first.
   *
   * @param type 1..255 bytes; {@code default} unless named
   * @param bucket 1..255 bytes
   * @param key 1..1024 bytes
   */
  public ItemKey(Bytes type, Bytes bucket, Bytes key) {
    require(isName(type), "type");
    require(isName(bucket), "bucket");
    require(isKey(key), "key");
    this.type = type;
    this.bucket = bucket;
    this.key = key;
  }

  public static ItemKey of(String bucket, String key) {
    return new ItemKey(DEFAULT_TYPE, Bytes.utf8(bucket), Bytes.utf8(key));
  }

  public Bytes type() {
    return type;
  }

  public Bytes bucket() {
    return bucket;
  }

  public Bytes key() {
    return key;
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

  /** MD5 of the length-prefixed form. */
  public Hash128 md5() {
    Hash128 known = md5;
    if (known == null) {
      known = computeMd5();
      md5 = known;
    }
    return known;
  }

  private Hash128 computeMd5() {
    try {
      var md = MessageDigest.getInstance("MD5");
      md.update(encoded().toBuffer());
      var digest = new Decoder(Bytes.wrap(md.digest()));
      return new Hash128(digest.fixed64(), digest.fixed64());
    } catch (NoSuchAlgorithmException | MalformedException e) {
      throw new AssertionError("every Java has MD5, and it is 16 bytes", e);
    }
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

  /** Passes over a key that {@link #decode} would take. */
  public static void pass(Decoder from) throws MalformedException {
    passName(from, MAX_NAME_BYTES);
    passName(from, MAX_NAME_BYTES);
    passName(from, MAX_KEY_BYTES);
  }

  private static void passName(Decoder from, int most) throws MalformedException {
    int length = from.count(1);
    if (length == 0 || length > most) {
      throw new MalformedException("a name outside its length limits");
    }
    from.skip(length);
  }

  private static void require(boolean held, String what) {
    if (!held) {
      throw new IllegalArgumentException(what + " outside its length limits");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemKey that
        && key.equals(that.key)
        && bucket.equals(that.bucket)
        && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return (type.hashCode() * 31 + bucket.hashCode()) * 31 + key.hashCode();
  }

  /** Lengths and fingerprints only. */
  @Override
  public String toString() {
    return "ItemKey[type=" + type + ", bucket=" + bucket + ", key=" + key + "]";
  }
}
