package io.cartwheel.core.node;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.message.DeleteOutcome;
import io.cartwheel.core.message.DeleteRequest;
import io.cartwheel.core.message.Explanation;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import java.util.function.Consumer;

/**
 * What every client protocol is an adapter over.
 *
 * <p>Must be called on the thread of the key's shard, and calls back on it, exactly once, no later
 * than a moment after the request's deadline. Any key may be asked of any member.
 */
public interface KeyValueService {
  void get(GetRequest request, Consumer<GetOutcome> done);

  void put(PutRequest request, Consumer<PutOutcome> done);

  void delete(DeleteRequest request, Consumer<DeleteOutcome> done);

  /**
   * Asks every member what it has of a key, of whatever type, and changes nothing; called back
   * within 5 seconds.
   */
  void explain(ItemKey key, Consumer<Explanation> done);
}
