package io.cartwheel.server.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file, mostly a small text, that is replaced as a whole: after a crash it is the old one or the
 * new one.
 */
final class DurableFile {
  private final Path path;

  DurableFile(Path path) {
    this.path = path;
  }

  Optional<String> read() throws IOException {
    return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
  }

  /** Writes a file's content. */
  interface Filling {
    void into(OutputStream out) throws IOException;
  }

  /** Replaces the content; durable when it returns. */
  void write(String content) throws IOException {
    write(out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** As {@link #write(String)}, for what is no text or long. */
  void write(Filling content) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var out = new BufferedOutputStream(Channels.newOutputStream(channel));
      content.into(out);
      out.flush();
      channel.force(true);
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder();
  }

  /** Removes the file, durably; nothing happens when there is none. */
  void delete() throws IOException {
    if (Files.deleteIfExists(path)) {
      syncFolder();
    }
  }

  private void syncFolder() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
