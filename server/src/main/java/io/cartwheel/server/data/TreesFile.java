package io.cartwheel.server.data;

import io.cartwheel.core.item.Bytes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Merkle trees of a node that was stopped cleanly, beside its records: by partition, each with
 * a checksum of its own and what it is of. A cut file is good up to where it is cut.
 */
final class TreesFile {
  private static final int MAGIC = 0x43_57_54_31;

  /** Far more than the trees of one partition take: 127 of 16 KiB each. */
  private static final int MAX_BYTES = 4 << 20;

  private final Path path;

  TreesFile(Path path) {
    this.path = path;
  }

  /** Replaces the file; durable when it returns. */
  void write(SortedMap<Integer, Bytes> trees) throws IOException {
    new DurableFile(path)
        .write(out -> {
          var to = new DataOutputStream(out);
          to.writeInt(MAGIC);
          for (Map.Entry<Integer, Bytes> each : trees.entrySet()) {
            to.writeInt(each.getKey());
            to.writeInt(each.getValue().length());
            to.write(each.getValue().toArray());
          }
          to.flush();
        });
  }

  /** What the file holds; nothing if there is none. */
  SortedMap<Integer, Bytes> read() {
    var trees = new TreeMap<Integer, Bytes>();
    if (!Files.exists(path)) {
      return trees;
    }
    try (var from = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      if (from.readInt() != MAGIC) {
        return trees;
      }
      while (true) {
        int partition = from.readInt();
        int length = from.readInt();
        byte[] bytes = length < 0 || length > MAX_BYTES ? new byte[0] : from.readNBytes(length);
        if (bytes.length < length || length <= 0) {
          return trees;
        }
        trees.put(partition, Bytes.wrap(bytes));
      }
    } catch (IOException _) {
      // Cut short, or unreadable: what is missing is made anew.
      return trees;
    }
  }

  void delete() throws IOException {
    new DurableFile(path).delete();
  }
}
