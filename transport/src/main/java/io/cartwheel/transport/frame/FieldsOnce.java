package io.cartwheel.transport.frame;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.cartwheel.transport.wire.Peer;
import java.io.IOException;

/**
 * Whether a frame has each of its fields once, and short texts, as every writer's have.
 *
 * <p>Of a field that comes again protobuf keeps the last and makes all: texts of one byte would
 * take 16 times the room of their frame. Of a text that is none it takes six times its bytes to
 * find out.
 */
final class FieldsOnce {
  /** Names, and why something is refused. */
  private static final int MAX_TEXT_BYTES = 1 << 10;

  private FieldsOnce() {}

  static boolean holds(byte[] frame) throws IOException {
    return holds(CodedInputStream.newInstance(frame), Peer.PeerFrame.getDescriptor());
  }

  /** Fields that are unknown here are not made, and may be as they like. */
  private static boolean holds(CodedInputStream from, Descriptor message) throws IOException {
    long seen = 0;
    for (int tag = from.readTag(); tag != 0; tag = from.readTag()) {
      FieldDescriptor field = message.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (field == null || WireFormat.getTagWireType(tag) != field.getLiteType().getWireType()) {
        from.skipField(tag);
        continue;
      }
      long bit = 1L << field.getNumber();
      if ((seen & bit) != 0) {
        return false;
      }
      seen |= bit;
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        int limit = from.pushLimit(from.readRawVarint32());
        if (!holds(from, field.getMessageType())) {
          return false;
        }
        from.popLimit(limit);
      } else if (field.getJavaType() == FieldDescriptor.JavaType.STRING) {
        int length = from.readRawVarint32();
        if (length > MAX_TEXT_BYTES) {
          return false;
        }
        from.skipRawBytes(length);
      } else {
        from.skipField(tag);
      }
    }
    return true;
  }
}
