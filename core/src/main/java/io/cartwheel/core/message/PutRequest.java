package io.cartwheel.core.message;

import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.VersionVector;
import java.time.Duration;
import java.util.Optional;

/**
 * A write as a client asks for it: a value or a tombstone.
 *
 * @param key the item
 * @param content what is written; its time is set by the coordinator
 * @param seen what the client was shown, empty for a blind write
 * @param preferredCoordinator the member that answered the preceding read first, 0 when unknown
 * @param ttl how long the value lasts, empty when the client does not say; between members it is
 *     always empty, for then the content has its expiry
 * @param options quorums and the like
 */
public record PutRequest(
    ItemKey key,
    Content content,
    VersionVector seen,
    long preferredCoordinator,
    Optional<Duration> ttl,
    Options options) {

  /** A write that does not say how long its value lasts. */
  public PutRequest(
      ItemKey key,
      Content content,
      VersionVector seen,
      long preferredCoordinator,
      Options options) {
    this(key, content, seen, preferredCoordinator, Optional.empty(), options);
  }

  public PutRequest withRequestId(Bytes requestId) {
    return with(content.withRequestId(requestId), ttl);
  }

  public PutRequest withTtl(Optional<Duration> lasting) {
    return with(content, lasting);
  }

  /**
   * The same write with the moment of its expiry in place of a span, if its value has one.
   *
   * @param usual how long values last whose writes do not say
   */
  public PutRequest dated(Optional<Duration> usual, long wallMillis) {
    Optional<Duration> lasting = content.tombstone() ? Optional.empty() : ttl.or(() -> usual);
    return lasting
        .map(span -> with(content.expiringAt(wallMillis + span.toMillis()), Optional.empty()))
        .orElse(this);
  }

  private PutRequest with(Content other, Optional<Duration> lasting) {
    return new PutRequest(key, other, seen, preferredCoordinator, lasting, options);
  }

  /**
   * What a write asks for beside its value.
   *
   * @param w replicas that take it
   * @param dw replicas that hold it durably
   * @param pw primaries that take it
   * @param sloppy whether others may stand in for primaries; empty is the type's
   * @param nodeConfirms distinct nodes that take it, 0 for as many as w comes to
   * @param timeoutMillis until when an answer is awaited
   * @param returnBody whether the outcome carries the state after the write
   */
  public record Options(
      Quorum w,
      Quorum dw,
      Quorum pw,
      Optional<Boolean> sloppy,
      int nodeConfirms,
      int timeoutMillis,
      boolean returnBody) {
    public static final Options DEFAULT =
        new Options(
            Quorum.DEFAULT,
            Quorum.DEFAULT,
            Quorum.DEFAULT,
            Optional.empty(),
            0,
            GetRequest.DEFAULT_TIMEOUT_MILLIS,
            false);

    public Options withTimeout(int millis) {
      return new Options(w, dw, pw, sloppy, nodeConfirms, millis, returnBody);
    }
  }
}
