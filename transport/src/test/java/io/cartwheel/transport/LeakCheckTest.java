package io.cartwheel.transport;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakCheckTest {

  @Test
  void aBufferLeftBehindIsNoticed() {
    leaveBehind();
    await()
        .until(() -> {
          System.gc();
          ByteBufAllocator.DEFAULT.directBuffer(16).release();
          return !RecordingLeakDetector.LEAKS.isEmpty();
        });
    RecordingLeakDetector.LEAKS.clear();
  }

  private static void leaveBehind() {
    ByteBufAllocator.DEFAULT.directBuffer(16).writeInt(1);
  }
}
