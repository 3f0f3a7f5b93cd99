package io.cartwheel.core.architecture;

import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One way each to break {@link Determinism}. */
@SuppressWarnings("unused")
final class Nondeterministic {
  private Nondeterministic() {}

  static final class ReadsFile {
    Object o() {
      return Path.of("x");
    }
  }

  static final class Prints {
    Object o() {
      return new StringWriter();
    }
  }

  static final class OpensConnection {
    Object o() {
      return InetAddress.getLoopbackAddress();
    }
  }

  static final class SharesCounter {
    final AtomicLong counter = new AtomicLong();
  }

  static final class StartsThread {
    void run() {
      Thread.startVirtualThread(() -> {});
    }
  }

  static final class KeepsPerThread {
    final ThreadLocal<String> mine = new ThreadLocal<>();
  }

  static final class ReadsWallClock {
    long millis() {
      return System.currentTimeMillis();
    }
  }

  static final class ReadsNanoClock {
    LongSupplier nanos() {
      return System::nanoTime;
    }
  }

  static final class ReadsInstant {
    Object o() {
      return Instant.now();
    }
  }

  static final class ReadsSystemClock {
    Object o() {
      return Clock.systemUTC();
    }
  }

  static final class ReadsEnvironment {
    String home() {
      return System.getenv("HOME");
    }
  }

  static final class Draws {
    int drawn() {
      return new Random(1).nextInt();
    }
  }

  static final class DrawsSecurely {
    final SecureRandom random = new SecureRandom();
  }

  static final class DrawsFraction {
    double drawn() {
      return Math.random();
    }
  }

  static final class DrawsUuid {
    Object o() {
      return UUID.randomUUID();
    }
  }

  static final class Shuffles {
    void shuffle(List<String> all) {
      Collections.shuffle(all);
    }
  }

  static final class HashesIdentity {
    int hash() {
      return System.identityHashCode(this);
    }
  }

  static final class MakesHashMap {
    Map<String, String> map() {
      return new HashMap<>();
    }
  }

  static final class MakesHashMapByReference {
    Supplier<Map<String, String>> map() {
      return HashMap::new;
    }
  }

  static final class MakesSizedHashMap {
    Map<String, String> map() {
      return HashMap.newHashMap(8);
    }
  }

  static final class MakesHashSet {
    Set<String> set() {
      return new HashSet<>();
    }
  }

  static final class MakesSetOf {
    Set<String> set() {
      return Set.of("a", "b");
    }
  }

  static final class CopiesSet {
    Set<String> set(Set<String> all) {
      return Set.copyOf(all);
    }
  }

  static final class MakesMapOf {
    Map<String, String> map() {
      return Map.of("a", "b");
    }
  }

  static final class MakesMapOfEntries {
    Map<String, String> map() {
      return Map.ofEntries(Map.entry("a", "b"));
    }
  }

  static final class CopiesMap {
    Map<String, String> map(Map<String, String> all) {
      return Map.copyOf(all);
    }
  }

  static final class CollectsToSet {
    Set<String> set(List<String> all) {
      return all.stream().collect(Collectors.toSet());
    }
  }

  static final class CollectsToMap {
    Map<String, Integer> map(List<String> all) {
      return all.stream().collect(Collectors.toMap(one -> one, String::length));
    }
  }

  static final class Groups {
    Map<Integer, List<String>> map(List<String> all) {
      return all.stream().collect(Collectors.groupingBy(String::length));
    }
  }
}
