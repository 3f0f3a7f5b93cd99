package io.cartwheel.core.message;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.VersionVector;

/**
 * A delete as a client asks for it: a tombstone over what the client saw.
 *
 * @param key the item
 * @param seen what the client was shown; empty: read first, and cover what that shows
 * @param preferredCoordinator the member that answered the preceding read first, 0 when unknown
 * @param requestId the client's name for the request, empty when there is none
 * @param r replicas that answer the read, if one is made
 * @param options quorums of the write
 */
public record DeleteRequest(
    ItemKey key,
    VersionVector seen,
    long preferredCoordinator,
    Bytes requestId,
    Quorum r,
    PutRequest.Options options) {

  /** The same delete once a read has shown what there is. */
  public DeleteRequest having(VersionVector shown, long fastestReplier, int timeoutMillis) {
    return new DeleteRequest(
        key, shown, fastestReplier, requestId, r, options.withTimeout(timeoutMillis));
  }
}
