package io.cartwheel.core.version;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.item.ItemKey;

/**
 * What a context is bound to: it is good for one key of one cluster.
 *
 * @param clusterId the cluster's id
 * @param fingerprint the hash of the key's length-prefixed name
 */
public record ContextBinding(long clusterId, Hash128 fingerprint) {

  public static ContextBinding of(long clusterId, ItemKey key) {
    return new ContextBinding(clusterId, key.encoded().hash());
  }
}
