package io.cartwheel.transport.frame;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.cartwheel.core.item.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Turns our bytes into protobuf's and back without copying either. */
final class WireBytes {
  private WireBytes() {}

  static ByteString toWire(Bytes bytes) {
    return bytes.isEmpty() ? ByteString.EMPTY : bytes.read(UnsafeByteOperations::unsafeWrap);
  }

  static Bytes fromWire(ByteString bytes) {
    if (bytes.isEmpty()) {
      return Bytes.EMPTY;
    }
    var slice = new Slice();
    try {
      UnsafeByteOperations.unsafeWriteTo(bytes, slice);
    } catch (IOException e) {
      throw new IllegalStateException("an array in memory can be read", e);
    }
    return slice.taken;
  }

  /** Takes the slice of the array that a byte string stands on. */
  private static final class Slice extends ByteOutput {
    private Bytes taken = Bytes.EMPTY;

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
      taken = Bytes.wrap(value, offset, length);
    }

    @Override
    public void write(byte[] value, int offset, int length) {
      taken = Bytes.wrap(Arrays.copyOfRange(value, offset, offset + length));
    }

    @Override
    public void write(byte value) {
      taken = Bytes.wrap(new byte[] {value});
    }

    @Override
    public void write(ByteBuffer value) {
      var copy = new byte[value.remaining()];
      value.get(copy);
      taken = Bytes.wrap(copy);
    }

    @Override
    public void writeLazy(ByteBuffer value) {
      write(value);
    }
  }
}
