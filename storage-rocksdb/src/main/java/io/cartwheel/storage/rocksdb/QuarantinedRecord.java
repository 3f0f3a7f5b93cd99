package io.cartwheel.storage.rocksdb;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine.Address;
import java.time.Instant;

/**
 * A damaged record that was set aside.
 *
 * @param at when, by this machine's wall clock
 * @param address where it lived
 * @param record its bytes as they were found; empty when not even those could be read
 */
public record QuarantinedRecord(Instant at, Address address, Bytes record) {}
