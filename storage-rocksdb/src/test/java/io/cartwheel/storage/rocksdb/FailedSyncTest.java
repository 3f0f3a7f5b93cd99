package io.cartwheel.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartwheel.core.port.StorageEngine.WriteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a failed fsync nothing is acknowledged any more. */
class FailedSyncTest {
  private static final Duration INTERVAL = Duration.ofMillis(1);

  private final HeardEvents heard = new HeardEvents();
  private final Health health = new Health(heard);
  private final Writes writes = new Writes(health);

  @Test
  void aFailedSyncEndsAllAcknowledgements() {
    var log = new FailingLog();
    var syncer = new Syncer(log, health, heard, new Counters());
    assertThat(writes.attempt(log::write)).isEqualTo(Records.WRITTEN);
    syncer.start(INTERVAL);
    await().until(() -> heard.syncs.size() == 1);

    log.broken = true;
    log.write();
    await().until(() -> health.failure().isPresent());
    log.broken = false;

    assertThat(writes.attempt(log::write)).isInstanceOf(WriteResult.Failed.class);
    assertThat(writes.tryNow(log::write).orElseThrow()).isInstanceOf(WriteResult.Failed.class);
    assertThat(syncer.close(Duration.ofSeconds(10))).isTrue();
    assertThat(heard.failures).hasSize(1).first().asString().contains("fsync");
    assertThat(heard.syncs).hasSize(1);
  }

  @Test
  void aWriteThatWasUnderWayWhenASyncFailedIsNotAcknowledged() {
    WriteResult result = writes.attempt(() -> health.broke("fsync failed meanwhile"));

    assertThat(result).isInstanceOf(WriteResult.Failed.class);
  }

  @Test
  void anAnswerThatWaitedForItsShardWhileASyncFailedIsNoAcknowledgement() {
    WriteResult answer = writes.attempt(() -> {});
    assertThat(writes.stillTrue(answer)).isEqualTo(Records.WRITTEN);
    health.broke("fsync failed meanwhile");

    assertThat(writes.stillTrue(answer)).isInstanceOf(WriteResult.Failed.class);
  }

  @Test
  void aSyncThatThrowsAnythingElseEndsAllAcknowledgementsToo() {
    var log = new FailingLog();
    log.exception = new IllegalStateException("no database");
    log.broken = true;
    var syncer = new Syncer(log, health, heard, new Counters());
    syncer.start(INTERVAL);
    log.write();

    await().until(() -> health.failure().isPresent());
    assertThat(syncer.close(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void aDiskThatFailsToSyncStopsARealStore(@TempDir Path directory) throws Exception {
    assumeTrue(isStraceThere(), "no strace to make the disk fail with");
    var failing =
        List.of(
            "strace",
            "--seccomp-bpf",
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=fdatasync,fsync",
            "-e",
            "inject=fdatasync,fsync:error=EIO:when=20+");
    Process process = WritingProcess.start(failing, directory, 1);
    try (var output = process.inputReader()) {
      var lines = new ArrayList<String>();
      String line = "";
      while ((line = output.readLine()) != null && !line.startsWith(WritingProcess.REFUSED)) {
        lines.add(line);
      }
      // Writes are refused from the failure on, not only once the listener has heard of it.
      boolean told = lines.stream().anyMatch(FailedSyncTest::isTold);
      var after = new ArrayList<String>();
      while ((after.size() < 1000 || !told) && (line = output.readLine()) != null) {
        if (isTold(line)) {
          told = true;
        } else {
          after.add(line);
        }
      }

      assertThat(told).isTrue();
      assertThat(after)
          .hasSizeGreaterThanOrEqualTo(1000)
          .allMatch(l -> l.startsWith(WritingProcess.REFUSED));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  private static boolean isTold(String line) {
    return line.startsWith(WritingProcess.FAILED);
  }

  private static boolean isStraceThere() throws InterruptedException {
    try {
      var probe = List.of("strace", "--seccomp-bpf", "-f", "-qq", "-o", "/dev/null", "true");
      return new ProcessBuilder(probe).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A log whose fsync fails when told to. */
  private static final class FailingLog implements Syncer.Log {
    private final AtomicLong writes = new AtomicLong();
    volatile boolean broken;
    volatile Exception exception = new IOException("Input/output error");

    void write() {
      writes.incrementAndGet();
    }

    @Override
    public long sequence() {
      return writes.get();
    }

    @Override
    public void sync() throws IOException {
      if (broken) {
        switch (exception) {
          case IOException e -> throw e;
          case RuntimeException e -> throw e;
          default -> throw new AssertionError(exception);
        }
      }
    }
  }
}
