package io.cartwheel.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.ReadResult;
import io.cartwheel.core.port.StorageEngine.ScanResult;
import io.cartwheel.core.port.StorageEngine.Start;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A shard's thread for tests: calls an engine on it and waits for the answer elsewhere.
 *
 * <p>Closing checks that each call was answered once, and on this thread.
 */
public final class ShardCaller implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("shard").daemon().factory());
  private final AtomicInteger answersElsewhere = new AtomicInteger();
  private final List<AtomicInteger> answersPerCall = new ArrayList<>();
  private final StorageEngine engine;

  public ShardCaller(Opening opening) throws Exception {
    engine = opening.open(thread);
  }

  /** Makes the engine that is called, once it is known where it calls back. */
  public interface Opening {
    StorageEngine open(Executor shardThread) throws Exception;
  }

  public ReadResult read(Address address) {
    return await(started(done -> engine.read(address, done)));
  }

  public WriteResult write(Address address, Bytes record) {
    return await(startWrite(address, record));
  }

  public CompletableFuture<WriteResult> startWrite(Address address, Bytes record) {
    return started(done -> engine.write(address, record, done));
  }

  public WriteResult commit(Address address, Optional<Bytes> record, Optional<Bytes> hint) {
    return await(startCommit(address, record, hint));
  }

  public CompletableFuture<WriteResult> startCommit(
      Address address, Optional<Bytes> record, Optional<Bytes> hint) {
    return started(done -> engine.commit(address, record, hint, done));
  }

  public WriteResult sync() {
    return await(started(engine::sync));
  }

  public WriteResult quarantine(Address address, Bytes replacement) {
    return await(started(done -> engine.quarantine(address, replacement, done)));
  }

  public ScanResult scan(int partition, Start after, int limit) {
    return await(started(done -> engine.scan(partition, after, limit, done)));
  }

  public ScanResult scanHints(int partition, Start after, int limit) {
    return await(started(done -> engine.scanHints(partition, after, limit, done)));
  }

  public WriteResult drop(int partition) {
    return await(started(done -> engine.drop(partition, done)));
  }

  /** Waits, but not for ever. */
  public static <R> R await(CompletableFuture<R> answer) {
    return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private <R> CompletableFuture<R> started(Consumer<Consumer<R>> call) {
    var answer = new CompletableFuture<R>();
    var answers = new AtomicInteger();
    answersPerCall.add(answers);
    thread.execute(() -> start(call, answers, answer));
    return answer;
  }

  private <R> void start(
      Consumer<Consumer<R>> call, AtomicInteger answers, CompletableFuture<R> answer) {
    Thread shard = Thread.currentThread();
    try {
      call.accept(result -> {
        answers.incrementAndGet();
        if (Thread.currentThread() != shard) {
          answersElsewhere.incrementAndGet();
        }
        answer.complete(result);
      });
    } catch (RuntimeException e) {
      answers.incrementAndGet();
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    thread.close();
    assertThat(answersElsewhere).as("answers on other threads").hasValue(0);
    assertThat(answersPerCall)
        .as("answers to one call")
        .allSatisfy(answers -> assertThat(answers.get()).isEqualTo(1));
  }
}
