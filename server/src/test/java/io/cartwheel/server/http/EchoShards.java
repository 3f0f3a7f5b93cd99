package io.cartwheel.server.http;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message.RepairState;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.node.KeyValueService;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Description;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Epoch;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import io.cartwheel.core.version.VersionVector;
import io.cartwheel.server.node.Shards;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Shards that keep nothing and answer at once: keys of odd length hold two siblings. */
record EchoShards(ClusterView view) implements Shards, KeyValueService {
  private static final VersionSet SIBLINGS = sibling(1).merge(sibling(2));

  private static VersionSet sibling(int epoch) {
    Content content = Content.value(Bytes.utf8("value"), Description.NONE, 1, Bytes.EMPTY);
    var dot = new Dot(new Epoch(epoch, 1), 1);
    return VersionSet.EMPTY.update(VersionVector.EMPTY, new Sibling(dot, content));
  }

  private static VersionSet stateOf(ItemKey key) {
    return key.key().length() % 2 == 0 ? VersionSet.EMPTY : SIBLINGS;
  }

  @Override
  public void drainHints() {}

  @Override
  public CompletableFuture<SortedMap<MemberId, Optional<RepairState>>> surveyRepairs(
      boolean start) {
    return new NoRepairs().surveyed(view.self());
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void onShardOf(ItemKey key, Consumer<KeyValueService> task) {
    task.accept(this);
  }

  @Override
  public void get(GetRequest request, Consumer<GetOutcome> done) {
    done.accept(new GetOutcome.Read(stateOf(request.key()), 1));
  }

  @Override
  public void put(PutRequest request, Consumer<PutOutcome> done) {
    VersionSet shown = request.options().returnBody() ? SIBLINGS : VersionSet.EMPTY;
    done.accept(new PutOutcome.Stored(SIBLINGS.clock(), false, 1, shown));
  }

  @Override
  public void explain(ItemKey key, Consumer<Explanation> done) {
    var list = view.ring().preferenceList(view.partitionOf(key), 1);
    done.accept(new Explanation(list, List.of()));
  }

  @Override
  public void delete(DeleteRequest request, Consumer<DeleteOutcome> done) {
    done.accept(new DeleteOutcome.Deleted(SIBLINGS.clock(), true, 1));
  }
}
