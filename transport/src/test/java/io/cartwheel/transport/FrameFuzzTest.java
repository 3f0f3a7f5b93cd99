package io.cartwheel.transport;

import io.cartwheel.transport.frame.FuzzFrames;
import org.junit.jupiter.api.Test;

/** The target on some thousand damaged inputs, the same in every build. */
class FrameFuzzTest {
  @Test
  void framesOfStrangersAreTakenOrRefused() {
    var frames = new FuzzFrames(29);
    for (int i = 0; i < 5_000; i++) {
      FrameFuzz.fuzzerTestOneInput(frames.next());
    }
  }
}
