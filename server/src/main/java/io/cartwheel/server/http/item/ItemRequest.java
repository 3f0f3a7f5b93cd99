package io.cartwheel.server.http.item;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.version.CausalContext;
import io.cartwheel.core.version.ContextBinding;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import java.time.Duration;
import java.util.Optional;

/**
 * What a request's head says about an item.
 *
 * @param ttl how long the value that it writes lasts, if it says so
 * @param context what the client was shown, if it says so
 * @param tokens contexts of this key as text
 */
record ItemRequest(
    RequestHead head,
    ItemKey key,
    BucketType type,
    ItemOptions options,
    Preconditions preconditions,
    Optional<Duration> ttl,
    Optional<CausalContext> context,
    Tokens tokens) {

  static ItemRequest read(RequestHead head, ItemKey key, ClusterView view, int usualTimeoutMillis)
      throws RefusedException {
    BucketType type =
        view.typeOf(key)
            .orElseThrow(() ->
                new RefusedException(
                    Problem.of(404, "unknown_type", "unknown bucket type: no such type here")));
    if (head.headers().contains(ItemHeaders.SESSION)) {
      throw new RefusedException(Problem.notBuilt(ItemHeaders.SESSION + " in requests"));
    }
    var tokens = new Tokens(ContextBinding.of(view.clusterId(), key));
    Optional<String> token = head.single(ItemHeaders.VCLOCK);
    return new ItemRequest(
        head,
        key,
        type,
        ItemOptions.read(head, type, usualTimeoutMillis),
        Preconditions.read(head, tokens),
        TimeToLive.read(head),
        head.reads() || token.isEmpty()
            ? Optional.empty()
            : Optional.of(tokens.readContext(ItemHeaders.VCLOCK, token.get())),
        tokens);
  }

  VersionVector seen() {
    return context.map(CausalContext::seen).orElse(VersionVector.EMPTY);
  }

  /** The member that answered the preceding read fastest (Dynamo §5), 0 when unknown. */
  long preferredCoordinator() {
    return context.map(CausalContext::fastestReplier).orElse(0L);
  }

  Bytes requestId() {
    return Bytes.utf8(head.id());
  }

  Rendering rendering() {
    return new Rendering(head, key, tokens);
  }
}
