package io.cartwheel.transport.frame;

import java.util.concurrent.atomic.LongAdder;

/** Counts frames and bytes, from all threads. */
public final class FrameCounters {
  public final LongAdder bytesIn = new LongAdder();
  public final LongAdder bytesOut = new LongAdder();
  public final LongAdder framesIn = new LongAdder();
  public final LongAdder framesOut = new LongAdder();
}
