/** Tests of the engine on RocksDB, on real files. */
@NullMarked
package io.cartwheel.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
