package io.cartwheel.storage.rocksdb;

/** What the database takes up: table files, write buffers, block cache in use. */
record Footprint(long diskBytes, long bufferBytes, long cacheBytes) {}
