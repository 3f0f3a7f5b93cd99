package io.cartwheel.storage.memory;

import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.storage.HintsContract;
import java.util.concurrent.Executor;

class MemoryHintsTest extends HintsContract {
  private MemoryEngine engine = new MemoryEngine();

  @Override
  protected StorageEngine open(Executor shardThread) {
    engine = new MemoryEngine();
    return engine;
  }

  @Override
  protected void close() {
    engine.close();
  }

  @Override
  protected boolean outlivesClosing() {
    return false;
  }
}
