package io.cartwheel.core.replica;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.VersionVector;
import java.util.List;

/**
 * A write for this replica to coordinate: to put under a new dot.
 *
 * @param content what is written; its time is set here
 * @param seen what the client was shown
 * @param type the key's type: its policy and limits
 * @param owed the owners for whom this node keeps the result, since they can't be reached
 * @param deadlineNanos after which no dot is minted
 */
public record LocalWrite(
    Content content,
    VersionVector seen,
    BucketType type,
    List<MemberId> owed,
    long deadlineNanos) {}
