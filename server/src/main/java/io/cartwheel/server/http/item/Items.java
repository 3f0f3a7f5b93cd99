package io.cartwheel.server.http.item;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.version.Description;
import io.cartwheel.server.http.message.Handling;
import io.cartwheel.server.http.message.Handling.Operation;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.cartwheel.server.node.Shards;
import java.security.SecureRandom;

/** Everything under a bucket: its items, and what is not built yet. */
public final class Items {
  private static final Bytes KEYS = Bytes.utf8("keys");
  private static final String ITEM_METHODS = "GET, HEAD, PUT, POST, DELETE";

  private final SecureRandom random = new SecureRandom();
  private final Shards shards;
  private final Settings settings;

  /**
   * What requests are held to.
   *
   * @param timeoutMillis how long a request waits when it does not say
   * @param metadataBytes the largest description of a value
   */
  public record Settings(int timeoutMillis, int metadataBytes) {}

  public Items(Shards shards, Settings settings) {
    this.shards = shards;
    this.settings = settings;
  }

  /** How a request about a bucket is served. */
  public Handling handle(RequestHead head, BucketPath path) throws RefusedException {
    if (path.rest().isEmpty() || !path.rest().getFirst().equals(KEYS)) {
      throw new RefusedException(underBucket(path));
    }
    if (!shards.isReady()) {
      throw new RefusedException(Problem.starting());
    }
    return switch (path.rest().size()) {
      case 1 -> collection(head, path);
      case 2 -> item(head, path.key(path.rest().get(1)));
      default -> throw new RefusedException(Problem.notFound("no such path"));
    };
  }

  private static Problem underBucket(BucketPath path) {
    String part = path.rest().isEmpty() ? "" : path.rest().getFirst().toUtf8();
    return switch (part) {
      case "props" -> Problem.notBuilt("bucket properties");
      case "index" -> Problem.notBuilt("secondary indexes");
      case "datatypes", "counters" -> Problem.notBuilt("self-merging types");
      default -> Problem.notFound("no such path");
    };
  }

  private Handling collection(RequestHead head, BucketPath path) throws RefusedException {
    return switch (head.method()) {
      case "POST" -> write(head, path.key(newKey()), true);
      case "GET", "HEAD" -> throw new RefusedException(Problem.notBuilt("listing keys"));
      default -> throw new RefusedException(Problem.wrongMethod("POST"));
    };
  }

  private Handling item(RequestHead head, ItemKey key) throws RefusedException {
    return switch (head.method()) {
      case "GET", "HEAD" ->
          Handling.of(Operation.GET, new ItemRead(shards, read(head, key))::begin);
      case "PUT", "POST" -> write(head, key, false);
      case "DELETE" ->
          Handling.of(Operation.DELETE, new ItemDelete(shards, read(head, key))::begin);
      default -> throw new RefusedException(Problem.wrongMethod(ITEM_METHODS));
    };
  }

  private Handling write(RequestHead head, ItemKey key, boolean created) throws RefusedException {
    ItemRequest request = read(head, key);
    Description description = Descriptions.read(head, settings.metadataBytes());
    int limit = request.type().limits().valueBytes();
    return new Handling(
        Operation.PUT, limit, new ItemWrite(shards, request, description, created)::begin);
  }

  private ItemRequest read(RequestHead head, ItemKey key) throws RefusedException {
    return ItemRequest.read(head, key, shards.view(), settings.timeoutMillis());
  }

  private Bytes newKey() {
    return Bytes.utf8(Vtag.base62(random.nextLong()) + Vtag.base62(random.nextLong()));
  }
}
