package io.cartwheel.core.membership;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.ring.RingPosition;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a shard knows of its cluster: a snapshot that the control plane replaces as a whole.
 *
 * @param clusterId the cluster's id
 * @param self this member
 * @param ring who serves what
 * @param types the bucket types by name
 * @param recovering whether this node may have lost data and has not refilled since
 */
public record ClusterView(
    long clusterId,
    MemberId self,
    Ring ring,
    SortedMap<Bytes, BucketType> types,
    boolean recovering) {

  public ClusterView {
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  /** The key's type; empty when no such type was declared. */
  public Optional<BucketType> typeOf(ItemKey key) {
    return Optional.ofNullable(types.get(key.type()));
  }

  /** The owners of a key: of its partition's, as many as its type has replicas. */
  public List<MemberId> primariesOf(ItemKey key) {
    int partition = partitionOf(key);
    return typeOf(key)
        .map(type -> ring.preferenceList(partition, type.n()).primaries())
        .orElseGet(() -> ring.owners(partition));
  }

  public int partitionOf(ItemKey key) {
    return ring.partitionOf(RingPosition.of(key));
  }
}
