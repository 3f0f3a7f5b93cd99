package io.cartwheel.server.http.admin;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Stream;

/** The process that a node runs in: its age, its build, its memory. */
final class ProcessFigures {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String BUILD = "/io/cartwheel/server/build.properties";
  private static final String UNKNOWN = "unknown";

  private ProcessFigures() {}

  static Duration uptime() {
    return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
  }

  static String version() {
    try (InputStream in = ProcessFigures.class.getResourceAsStream(BUILD)) {
      var build = new Properties();
      if (in != null) {
        build.load(in);
      }
      return build.getProperty("version", UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  /** In bytes; what is resident only where the system tells. */
  static Map<String, Object> memory() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    var memory = new LinkedHashMap<String, Object>();
    memory.put("heap_used_bytes", heap.getUsed());
    memory.put("heap_max_bytes", heap.getMax());
    residentBytes().ifPresent(bytes -> memory.put("resident_bytes", bytes));
    return memory;
  }

  private static OptionalLong residentBytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(kibibytes -> Long.parseLong(kibibytes) << 10)
          .findFirst();
    } catch (IOException elsewhere) {
      return OptionalLong.empty();
    }
  }
}
