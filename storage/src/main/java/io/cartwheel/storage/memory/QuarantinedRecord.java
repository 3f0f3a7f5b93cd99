package io.cartwheel.storage.memory;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine.Address;

/** A damaged record that was set aside, as it was found. */
public record QuarantinedRecord(Address address, Bytes record) {
  int bytes() {
    return address.key().encoded().length() + record.length();
  }
}
