package io.cartwheel.server.data;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.membership.BarrierRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One node's folder, held for the life of its process.
 *
 * <p>Files: {@code LOCK} (held while in use, names the holder), {@code VERSION} (of the layout),
 * {@code node-id} (name and the directory's own id), {@code members} (the cluster), {@code met}
 * (the directories of members that this node has met), {@code boot-id} (of the machine at the last
 * start), {@code clean-stop} (present while stopped cleanly), {@code trees} (only while stopped
 * cleanly: the Merkle trees), {@code recovering} (present while data may be missing), {@code
 * barriers} (reached, and by which proofs anything was forgotten), {@code store/} (records).
 */
public final class DataDirectory implements AutoCloseable {
  /** The store keeps hints since layout 2: a version that knows none would never deliver them. */
  private static final int LAYOUT = 2;

  private static final Set<String> READABLE_LAYOUTS = Set.of("1", "2");
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path path;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final boolean stoppedCleanly;
  private boolean recovering;

  private DataDirectory(Path path, FileChannel lockFile, FileLock lock) throws IOException {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
    stoppedCleanly = file("clean-stop").read().isPresent();
    recovering = file("recovering").read().isPresent();
  }

  /** Opens or makes the folder, and holds it. */
  public static DataDirectory open(Path path) throws DataDirectoryException {
    try {
      Files.createDirectories(path);
      FileChannel lockFile =
          FileChannel.open(
              path.resolve("LOCK"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(lockFile);
      if (lock == null) {
        String holder = read(lockFile);
        lockFile.close();
        throw new DataDirectoryException(
            "data directory %s is in use by process %s".formatted(path, holder));
      }
      lockFile.truncate(0);
      lockFile.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)),
          0);
      var directory = new DataDirectory(path, lockFile, lock);
      try {
        directory.checkLayout();
      } catch (DataDirectoryException e) {
        directory.close();
        throw e;
      }
      return directory;
    } catch (IOException e) {
      throw new DataDirectoryException(
          "data directory %s can't be used: %s".formatted(path, describe(e)), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  private static String read(FileChannel file) throws IOException {
    var bytes = ByteBuffer.allocate(32);
    file.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }

  private static String describe(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  private void checkLayout() throws IOException, DataDirectoryException {
    Optional<String> version = file("VERSION").read().map(String::strip);
    if (version.isEmpty()) {
      refuseForeignFiles();
    } else if (!READABLE_LAYOUTS.contains(version.get())) {
      throw new DataDirectoryException(
          "data directory %s has layout %s; this version reads %d: use the version that wrote it"
              .formatted(path, version.get(), LAYOUT));
    }
    if (!version.equals(Optional.of(Integer.toString(LAYOUT)))) {
      // Before anything is written as the new layout has it: older versions refuse from here on.
      file("VERSION").write(LAYOUT + "\n");
    }
  }

  /** A typing error must not fill somebody's home with a database. */
  private void refuseForeignFiles() throws IOException, DataDirectoryException {
    try (var files = Files.list(path)) {
      List<String> foreign =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("LOCK") && !name.equals("VERSION.new"))
              .toList();
      if (!foreign.isEmpty()) {
        throw new DataDirectoryException(
            "%s is neither empty nor a data directory: it holds %s"
                .formatted(path, foreign.getFirst()));
      }
    }
  }

  private DurableFile file(String name) {
    return new DurableFile(path.resolve(name));
  }

  /** Where the store's files go. */
  public Path store() {
    return path.resolve("store");
  }

  /** The cluster that this directory belongs to; empty before its genesis. */
  public Optional<Members> members() throws IOException, DataDirectoryException {
    Optional<String> text = file("members").read();
    return text.isEmpty() ? Optional.empty() : Optional.of(Members.parse(text.get()));
  }

  public void writeMembers(Members members) throws IOException {
    file("members").write(members.toText());
  }

  /**
   * Binds the directory to a node, or checks that it is bound to this one.
   *
   * @param freshId what to call the directory if it is new, not 0
   * @return the directory's own id: a wiped and remade directory has another
   */
  public long claimFor(String nodeName, long freshId) throws IOException, DataDirectoryException {
    Optional<String> known = file("node-id").read();
    if (known.isEmpty()) {
      file("node-id").write("%s %016x\n".formatted(nodeName, freshId));
      return freshId;
    }
    String[] words = known.get().strip().split(" ");
    if (words.length != 2 || !words[1].matches("[0-9a-f]{16}")) {
      throw new DataDirectoryException("the file 'node-id' in " + path + " is damaged");
    }
    if (!words[0].equals(nodeName)) {
      throw new DataDirectoryException(
          "data directory %s belongs to node %s, not %s".formatted(path, words[0], nodeName));
    }
    return Long.parseUnsignedLong(words[1], 16);
  }

  /** The directories of members met so far, as {@code member:directory} in hexadecimal. */
  public TreeSet<String> met() throws IOException {
    return new TreeSet<>(file("met").read().map(text -> text.lines().toList()).orElse(List.of()));
  }

  public void writeMet(TreeSet<String> met) throws IOException {
    file("met").write(String.join("\n", met) + "\n");
  }

  /**
   * What this directory's node has noted of barriers. If that can't be read any more, it counts as
   * a directory that has reached none, and forgotten something of everything.
   */
  public BarrierRecord barriers() throws IOException {
    Optional<String> text = file("barriers").read().map(String::strip);
    if (text.isEmpty()) {
      return BarrierRecord.NONE;
    }
    try {
      return BarrierRecord.decode(Bytes.wrap(HexFormat.of().parseHex(text.get())));
    } catch (MalformedException | IllegalArgumentException _) {
      return BarrierRecord.unreadable();
    }
  }

  /** Replaces what was noted of barriers; durable when it returns. */
  public void keepBarriers(BarrierRecord record) throws IOException {
    file("barriers").write(HexFormat.of().formatHex(record.encode().toArray()) + "\n");
  }

  /** Whether records may be missing that this node once acknowledged. */
  public boolean isRecovering() {
    return recovering;
  }

  /** Notes, for later starts too, that records may be missing. */
  public void markRecovering() throws IOException {
    recovering = true;
    file("recovering").write("records may be missing since a loss\n");
  }

  /** Notes, for later starts too, that nothing is missing any more that anybody has. */
  public void markWhole() throws IOException {
    file("recovering").delete();
    recovering = false;
  }

  /**
   * Notes a start. If the machine stopped without this node's leave since the last one, what was
   * not yet synced then is gone: the directory is recovering, which is noted before the new boot
   * is, so that a start that fails half-way doesn't hide it from the next.
   */
  public void noteStart() throws IOException {
    String boot = Files.exists(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "unknown";
    Optional<String> lastBoot = file("boot-id").read().map(String::strip);
    if (!stoppedCleanly && lastBoot.isPresent() && !lastBoot.get().equals(boot)) {
      markRecovering();
    }
    file("boot-id").write(boot + "\n");
    file("clean-stop").delete();
  }

  /**
   * The Merkle trees that the last stop left, and no more: the file is gone, durably, when this
   * returns. Nothing after an unclean stop.
   */
  public SortedMap<Integer, Bytes> takeTrees() throws IOException {
    SortedMap<Integer, Bytes> trees = stoppedCleanly ? trees().read() : new TreeMap<>();
    trees().delete();
    return trees;
  }

  /** Keeps Merkle trees for the next start, if this stop turns out to be clean. */
  public void writeTrees(SortedMap<Integer, Bytes> trees) throws IOException {
    trees().write(trees);
  }

  private TreesFile trees() {
    return new TreesFile(path.resolve("trees"));
  }

  /** Notes that all was written and synced before the stop. */
  public void noteCleanStop() throws IOException {
    file("clean-stop").write("stopped\n");
  }

  /** Lets go of the folder. */
  @Override
  public void close() throws DataDirectoryException {
    try {
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new DataDirectoryException("data directory " + path + ": " + describe(e), e);
    }
  }
}
