package io.cartwheel.server.http.admin;

import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.ring.RingPosition;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.cartwheel.server.node.Shards;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The whole truth about one key, of all members. */
final class KeyExplanation {
  /** A shard explains within 5 seconds; beyond this it has come to its end. */
  private static final int PATIENCE_SECONDS = 10;

  private final Shards shards;
  private final ExplanationJson json;

  KeyExplanation(Shards shards, ExplanationJson json) {
    this.shards = shards;
    this.json = json;
  }

  /** Asks all members, and waits for them; not for a loop's thread. */
  Map<String, Object> report(RequestHead head) throws RefusedException {
    if (!shards.isReady()) {
      throw new RefusedException(Problem.starting());
    }
    ClusterView view = shards.view();
    AskedKey asked = AskedKey.of(head, view);
    var explained = new CompletableFuture<Explanation>();
    shards.onShardOf(asked.key(), service -> service.explain(asked.key(), explained::complete));
    Explanation explanation = explained.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    var object = Admin.clusterFacts(view);
    object.put("partition", explanation.list().partition());
    object.put("position", RingPosition.of(asked.key()).toString());
    object.put("n", asked.type().n());
    object.putAll(json.of(explanation));
    return object;
  }
}
