package io.cartwheel.server.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections the process has files for. */
final class FileLimit {
  /** For sockets of peers, the log, libraries. */
  private static final int RESERVED = 128;

  private static final int FEWEST = 16;

  private FileLimit() {}

  /** How many files the process may open; a very large number where nobody knows. */
  static long ofProcess() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** Those asked for, or fewer: the engine keeps its files open and must not run out of them. */
  static int connections(int asked, long files) {
    long room = Math.max(FEWEST, files - files / 4 - RESERVED);
    return (int) Math.min(asked, room);
  }
}
