package io.cartwheel.core.replica;

import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.version.VersionSet;

/** Hears what becomes of a shard's records, once the engine holds it: never before. */
public interface RecordListener {
  /** The engine holds another state of the key; either may be empty. */
  void changed(Address address, VersionSet before, VersionSet after);

  /** A write failed, or a record was damaged: what the engine held or holds is not known. */
  void uncertain(Address address);

  /** A record was seen as it is, by a look at all of its partition. */
  default void seen(Address address, VersionSet state) {}
}
