package io.cartwheel.storage.rocksdb;

/** What all shards' views of a store share. */
record StoreParts(
    Database database,
    Writes writes,
    Quarantine quarantine,
    Workers workers,
    Syncer syncer,
    Counters counters,
    StoreListener listener) {}
