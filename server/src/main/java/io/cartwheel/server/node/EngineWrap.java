package io.cartwheel.server.node;

import io.cartwheel.core.port.StorageEngine;
import java.util.concurrent.Executor;

/**
 * What is put between a shard and its engine: nothing, but for trials that need it slow or full.
 */
@FunctionalInterface
public interface EngineWrap {
  EngineWrap NONE = (engine, _) -> engine;

  /**
   * The engine as the shard shall see it.
   *
   * @param shardThread on which it calls and is called back
   */
  StorageEngine around(StorageEngine engine, Executor shardThread);
}
