package io.cartwheel.transport.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cartwheel.core.item.MalformedException;
import java.lang.management.ManagementFactory;

/** What this thread allocates while it does something. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A clock's entry of ten bytes becomes three numbers of eight. */
  private static final int PER_BYTE = 4;

  /** The message and its builder, exceptions with their stack traces. */
  private static final int ANYWAY = 8 << 10;

  private Allocation() {}

  public static long by(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Decoding a frame, whatever it holds, must not take much more room than the frame has. */
  public static void assertBoundedFor(byte[] frame) {
    long allowed = ANYWAY + (long) PER_BYTE * frame.length;
    // The first time also loads classes and links call sites.
    if (by(() -> decode(frame)) > allowed) {
      assertThat(by(() -> decode(frame)))
          .as("bytes allocated for a frame of %s bytes", frame.length)
          .isLessThanOrEqualTo(allowed);
    }
  }

  private static void decode(byte[] frame) {
    try {
      FrameDecoder.decode(frame);
    } catch (MalformedException _) {
      // As it should be.
    }
  }
}
