package io.cartwheel.server.config;

import io.cartwheel.core.node.ShardMap;
import io.cartwheel.core.ring.Ring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All keys there are, but for those of bucket types, which are {@link TypeKeys}. */
public final class ConfigKeys {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long TIB = 1L << 40;

  /** How many shards a node has at most. */
  public static final ConfigKey<String> NAME =
      new ConfigKey<>("name", Kind.name(), "n1", "By which the others know the node.");

  public static final ConfigKey<Path> DATA_DIR =
      new ConfigKey<>(
          "data_dir", Kind.path(), "cartwheel-data", "The folder that holds all the node keeps.");
  public static final ConfigKey<HostPort> HTTP =
      new ConfigKey<>("http", Kind.address(), "127.0.0.1:8098", "Where HTTP is served.");
  public static final ConfigKey<HostPort> PB =
      new ConfigKey<>(
          "pb",
          Kind.address(),
          "127.0.0.1:8087",
          "Where Riak's protocol buffers will be served. Accepted, and not bound yet.");
  public static final ConfigKey<HostPort> PEER =
      new ConfigKey<>(
          "peer", Kind.address(), "127.0.0.1:8099", "Where the other nodes connect to this one.");
  public static final ConfigKey<InitialCluster> INITIAL_CLUSTER =
      new ConfigKey<>(
          "initial_cluster",
          Kind.members(),
          "",
          "The members that the cluster begins with, this one among them, the same at each;"
              + " nothing for a node on its own.");
  public static final ConfigKey<String> CLUSTER_NAME =
      new ConfigKey<>(
          "cluster_name",
          Kind.name(),
          "cartwheel",
          "The cluster's name, part of what its id is made from.");
  public static final ConfigKey<Integer> PARTITIONS =
      new ConfigKey<>(
          "partitions",
          Kind.powerOfTwo(1, Ring.MAX_PARTITIONS),
          "256",
          "Into how many partitions the ring is cut, for the cluster's life.");
  public static final ConfigKey<Integer> SHARDS =
      new ConfigKey<>(
          "shards",
          Kind.powerOfTwo(0, ShardMap.MAX),
          "0",
          "How many threads share the work; 0: one a processor, rounded down to a power of two.");
  public static final ConfigKey<Boolean> INSECURE =
      new ConfigKey<>(
          "insecure",
          Kind.flag(),
          "false",
          "Allows addresses that other machines can reach, though nobody is asked who they are.");
  public static final ConfigKey<Engine> ENGINE =
      new ConfigKey<>("engine", Kind.word(Engine.class), "rocksdb", "What keeps the records.");

  public static final ConfigKey<Long> BLOCK_CACHE =
      new ConfigKey<>(
          "storage.block_cache",
          Kind.size(MIB, TIB),
          "96MiB",
          "Memory for blocks read from files (RocksDB).");
  public static final ConfigKey<Long> WRITE_BUFFER =
      new ConfigKey<>(
          "storage.write_buffer",
          Kind.size(MIB, 16 * GIB),
          "32MiB",
          "Size of a write buffer; three at most are held (RocksDB).");
  public static final ConfigKey<Duration> SYNC_INTERVAL =
      new ConfigKey<>(
          "storage.sync_interval",
          Kind.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
          "50ms",
          "How often the log is fsynced: what a power failure of all replicas may cost.");
  public static final ConfigKey<Integer> READER_THREADS =
      new ConfigKey<>(
          "storage.reader_threads",
          Kind.count(1, 256),
          "2",
          "Threads for reads that need the disk (RocksDB).");
  public static final ConfigKey<Long> QUARANTINE =
      new ConfigKey<>(
          "storage.quarantine",
          Kind.size(0, 64 * GIB),
          "64MiB",
          "How much of damaged records is kept for inspection.");

  public static final ConfigKey<Long> MAX_VALUE =
      new ConfigKey<>(
          "limits.max_value",
          Kind.size(1, 64 * MIB),
          "1MiB",
          "The largest value; a bucket type may say otherwise.");
  public static final ConfigKey<Integer> MAX_SIBLINGS =
      new ConfigKey<>(
          "limits.max_siblings",
          Kind.count(1, 10_000),
          "100",
          "How many siblings a key has before writes without a context are refused.");
  public static final ConfigKey<Long> MAX_SET =
      new ConfigKey<>(
          "limits.max_set",
          Kind.size(64 * KIB, 128 * MIB),
          "8MiB",
          "How large a key's siblings are together before writes without a context are refused.");
  public static final ConfigKey<Long> MAX_METADATA =
      new ConfigKey<>(
          "limits.max_metadata",
          Kind.size(256, MIB),
          "16KiB",
          "The largest description of a value: types, links, X-Riak-Meta headers.");
  public static final ConfigKey<Long> MAX_HEADERS =
      new ConfigKey<>(
          "limits.max_headers",
          Kind.size(24 * KIB, MIB),
          "64KiB",
          "The largest head of an HTTP request; contexts alone may take 22 KiB.");
  public static final ConfigKey<Integer> MAX_CONNECTIONS =
      new ConfigKey<>(
          "limits.max_connections", Kind.count(1, 1_000_000), "10000", "HTTP connections at once.");
  public static final ConfigKey<Integer> MAX_REQUESTS =
      new ConfigKey<>(
          "limits.max_requests",
          Kind.count(1, 1_000_000),
          "10000",
          "HTTP requests under way at once; more are refused with 503.");
  public static final ConfigKey<Long> MAX_IN_FLIGHT =
      new ConfigKey<>(
          "limits.max_in_flight",
          Kind.size(MIB, TIB),
          "64MiB",
          "Bytes of HTTP requests and answers held at once; more are refused with 503.");

  public static final ConfigKey<Long> HINTS_QUOTA =
      new ConfigKey<>(
          "hints.quota",
          Kind.size(0, TIB),
          "1GiB",
          "How much the node keeps for others that can't be reached; past it, it takes no more.");
  public static final ConfigKey<Integer> HINTS_PER_SECOND =
      new ConfigKey<>(
          "hints.per_second",
          Kind.count(1, 1_000_000),
          "2000",
          "How many of them it hands over each second once the others are back.");

  public static final ConfigKey<Duration> REPAIR_INTERVAL =
      new ConfigKey<>(
          "repair.interval",
          Kind.duration(Duration.ofSeconds(1), Duration.ofDays(30)),
          "1h",
          "How often the node compares its records with each other node that has the same.");
  public static final ConfigKey<Duration> SCRUB_INTERVAL =
      new ConfigKey<>(
          "repair.scrub",
          Kind.duration(Duration.ofSeconds(1), Duration.ofDays(365)),
          "7d",
          "How often it looks at all its records, to find those that the disk has damaged.");

  public static final ConfigKey<Duration> BARRIER_INTERVAL =
      new ConfigKey<>(
          "forgetting.barrier_interval",
          Kind.duration(Duration.ofMillis(100), Duration.ofDays(1)),
          "10s",
          "How soon after a barrier the next one may come while deletes wait to be forgotten;"
              + " a delete takes three.");

  public static final ConfigKey<Duration> REQUEST_TIMEOUT =
      new ConfigKey<>(
          "timeouts.request",
          Kind.duration(Duration.ofMillis(1), Duration.ofMinutes(10)),
          "5s",
          "How long a request waits for its quorum when it does not say.");
  public static final ConfigKey<Duration> HEADER_TIMEOUT =
      new ConfigKey<>(
          "timeouts.header",
          Kind.duration(Duration.ofMillis(10), Duration.ofMinutes(10)),
          "10s",
          "How long a client may take to send the head of a request; for its first, from connecting"
              + " on.");
  public static final ConfigKey<Duration> BODY_TIMEOUT =
      new ConfigKey<>(
          "timeouts.body",
          Kind.duration(Duration.ofMillis(10), Duration.ofHours(1)),
          "30s",
          "How long a client may take to send a body or take in an answer, beside a second for"
              + " each 64 KiB.");
  public static final ConfigKey<Duration> IDLE_TIMEOUT =
      new ConfigKey<>(
          "timeouts.idle",
          Kind.duration(Duration.ofMillis(10), Duration.ofDays(1)),
          "2m",
          "How long a connection without a request is kept.");
  public static final ConfigKey<Duration> STOP_TIMEOUT =
      new ConfigKey<>(
          "timeouts.stop",
          Kind.duration(Duration.ZERO, Duration.ofMinutes(10)),
          "10s",
          "How long a stopping node lets requests under way end.");

  public static final ConfigKey<LogLevel> LOG_LEVEL =
      new ConfigKey<>(
          "log.level", Kind.word(LogLevel.class), "info", "From which weight on is logged.");
  public static final ConfigKey<LogFormat> LOG_FORMAT =
      new ConfigKey<>("log.format", Kind.word(LogFormat.class), "text", "How log lines look.");
  public static final ConfigKey<Optional<Path>> LOG_FILE =
      new ConfigKey<>(
          "log.file", Kind.optionalPath(), "", "Where the log goes; to standard error when empty.");
  public static final ConfigKey<Long> LOG_ROTATE_SIZE =
      new ConfigKey<>(
          "log.rotate_size",
          Kind.size(64 * KIB, 64 * GIB),
          "64MiB",
          "A log file as large as this is put aside for a new one.");
  public static final ConfigKey<Integer> LOG_ROTATE_KEEP =
      new ConfigKey<>(
          "log.rotate_keep", Kind.count(1, 1000), "7", "How many log files put aside are kept.");
  public static final ConfigKey<Duration> LOG_SLOW_REQUEST =
      new ConfigKey<>(
          "log.slow_request",
          Kind.duration(Duration.ZERO, Duration.ofMinutes(10)),
          "500ms",
          "Requests that take longer are logged, without keys and values; 0 for none.");

  /** In the order of the reference. */
  private static final List<ConfigKey<?>> ALL =
      List.of(
          NAME,
          DATA_DIR,
          HTTP,
          PB,
          PEER,
          INITIAL_CLUSTER,
          CLUSTER_NAME,
          PARTITIONS,
          SHARDS,
          INSECURE,
          ENGINE,
          BLOCK_CACHE,
          WRITE_BUFFER,
          SYNC_INTERVAL,
          READER_THREADS,
          QUARANTINE,
          MAX_VALUE,
          MAX_SIBLINGS,
          MAX_SET,
          MAX_METADATA,
          MAX_HEADERS,
          MAX_CONNECTIONS,
          MAX_REQUESTS,
          MAX_IN_FLIGHT,
          HINTS_QUOTA,
          HINTS_PER_SECOND,
          REPAIR_INTERVAL,
          SCRUB_INTERVAL,
          BARRIER_INTERVAL,
          REQUEST_TIMEOUT,
          HEADER_TIMEOUT,
          BODY_TIMEOUT,
          IDLE_TIMEOUT,
          STOP_TIMEOUT,
          LOG_LEVEL,
          LOG_FORMAT,
          LOG_FILE,
          LOG_ROTATE_SIZE,
          LOG_ROTATE_KEEP,
          LOG_SLOW_REQUEST);

  private ConfigKeys() {}

  public static List<ConfigKey<?>> all() {
    return ALL;
  }
}
