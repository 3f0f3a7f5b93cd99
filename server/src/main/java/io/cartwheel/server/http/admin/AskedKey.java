package io.cartwheel.server.http.admin;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;

/** The key that a query names by {@code type}, {@code bucket} and {@code key}: any bytes. */
record AskedKey(ItemKey key, BucketType type) {

  static AskedKey of(RequestHead head, ClusterView view) throws RefusedException {
    ItemKey key = key(head);
    BucketType type =
        view.typeOf(key)
            .orElseThrow(() -> new RefusedException(Problem.notFound("unknown bucket type")));
    return new AskedKey(key, type);
  }

  private static ItemKey key(RequestHead head) throws RefusedException {
    Bytes type = head.target().bytes("type").orElse(ItemKey.DEFAULT_TYPE);
    Bytes bucket = head.target().bytes("bucket").orElse(Bytes.EMPTY);
    Bytes key = head.target().bytes("key").orElse(Bytes.EMPTY);
    if (!ItemKey.isName(type) || !ItemKey.isName(bucket) || !ItemKey.isKey(key)) {
      throw RefusedException.badRequest(
          "bucket and key must be given, with at most 255 and 1024 bytes");
    }
    return new ItemKey(type, bucket, key);
  }
}
