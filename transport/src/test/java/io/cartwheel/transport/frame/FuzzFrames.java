package io.cartwheel.transport.frame;

import java.util.Random;

/** Frames and streams of frames, most of them damaged; the same for the same seed. */
public final class FuzzFrames {
  private final Random random;
  private final RandomMessages messages;

  public FuzzFrames(long seed) {
    random = new Random(seed);
    messages = new RandomMessages(seed);
  }

  public byte[] next() {
    byte[] frame = FrameEncoder.encode(messages.next()).toByteArray();
    byte[] input = random.nextBoolean() ? frame : streamed(frame);
    for (int flips = random.nextInt(4); flips > 0; flips--) {
      input[random.nextInt(input.length)] = (byte) random.nextInt();
    }
    return input;
  }

  /** A piece's length, and the frame behind its own. */
  private byte[] streamed(byte[] frame) {
    var stream = java.nio.ByteBuffer.allocate(1 + Integer.BYTES + frame.length);
    return stream.put((byte) random.nextInt()).putInt(frame.length).put(frame).array();
  }
}
