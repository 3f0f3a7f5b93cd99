package io.cartwheel.server.http.item;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.server.http.message.PercentEncoder;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import java.util.List;
import java.util.Optional;

/**
 * A bucket as a path names it, and what follows it there.
 *
 * @param rest the segments after the bucket
 */
public record BucketPath(Bytes type, Bytes bucket, List<Bytes> rest) {
  private static final Bytes BUCKETS = Bytes.utf8("buckets");
  private static final Bytes TYPES = Bytes.utf8("types");

  /**
   * The bucket in {@code /buckets/B/...} or {@code /types/T/buckets/B/...}; empty in other paths.
   */
  public static Optional<BucketPath> of(List<Bytes> path) throws RefusedException {
    if (path.size() >= 2 && path.get(0).equals(BUCKETS)) {
      return Optional.of(checked(ItemKey.DEFAULT_TYPE, path.get(1), path.subList(2, path.size())));
    }
    if (path.size() >= 4 && path.get(0).equals(TYPES) && path.get(2).equals(BUCKETS)) {
      return Optional.of(checked(path.get(1), path.get(3), path.subList(4, path.size())));
    }
    return Optional.empty();
  }

  private static BucketPath checked(Bytes type, Bytes bucket, List<Bytes> rest)
      throws RefusedException {
    if (!ItemKey.isName(type) || !ItemKey.isName(bucket)) {
      throw RefusedException.badRequest(
          "bucket types and buckets have 1 to " + ItemKey.MAX_NAME_BYTES + " bytes");
    }
    return new BucketPath(type, bucket, rest);
  }

  ItemKey key(Bytes key) throws RefusedException {
    if (!ItemKey.isKey(key)) {
      throw new RefusedException(
          Problem.badRequest("a key has 1 to " + ItemKey.MAX_KEY_BYTES + " bytes")
              .withFact("limit", ItemKey.MAX_KEY_BYTES));
    }
    return new ItemKey(type, bucket, key);
  }

  /** The path of a bucket. */
  static String of(ItemKey key) {
    String bucket = "/buckets/" + PercentEncoder.encode(key.bucket());
    return key.type().equals(ItemKey.DEFAULT_TYPE)
        ? bucket
        : "/types/" + PercentEncoder.encode(key.type()) + bucket;
  }

  /** The path of an item. */
  static String itemPath(ItemKey key) {
    return of(key) + "/keys/" + PercentEncoder.encode(key.key());
  }
}
