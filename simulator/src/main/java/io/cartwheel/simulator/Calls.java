package io.cartwheel.simulator;

import static io.cartwheel.simulator.VirtualTime.MILLIS;
import static io.cartwheel.simulator.VirtualTime.SECONDS;

import io.cartwheel.core.item.ItemKey;
import io.cartwheel.core.node.Shard;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Clients' calls to nodes: each is answered exactly once, or cut off by the node's death. */
final class Calls {
  /** How much later than its deadline an answer may come. */
  private static final long GRACE = SECONDS;

  private final World world;

  Calls(World world) {
    this.world = world;
  }

  /** What a client hears of its call. */
  sealed interface Reply<T> {}

  /** The node's answer. */
  record Answered<T>(T outcome) implements Reply<T> {}

  /** The connection broke while the call was under way. */
  record CutOff<T>() implements Reply<T> {}

  /** The node was down: the call never reached it. */
  record NotMade<T>() implements Reply<T> {}

  <T> void make(
      SimNode node,
      ItemKey key,
      int timeoutMillis,
      BiConsumer<Shard, Consumer<T>> call,
      Consumer<Reply<T>> done) {
    world
        .time()
        .after(
            world.network().latency(),
            () -> {
              if (!node.isUp()) {
                done.accept(new NotMade<>());
                return;
              }
              var open = new OpenCall<>(done);
              open.end = node.calling(() -> open.close(new CutOff<>()));
              // By the node's own life: while it is paused it can't answer.
              node.life()
                  .run(() -> {
                    node.life()
                        .after(
                            timeoutMillis * MILLIS,
                            () -> node.life().after(GRACE, open::expectClosed));
                    call.accept(node.shardOf(key), outcome -> open.answer(new Answered<>(outcome)));
                  });
            });
  }

  private final class OpenCall<T> {
    private final Consumer<Reply<T>> done;
    private Runnable end = () -> {};
    private boolean answered;
    private boolean closed;

    OpenCall(Consumer<Reply<T>> done) {
      this.done = done;
    }

    void answer(Reply<T> reply) {
      if (answered) {
        world.violations().add("a client was answered twice");
      }
      answered = true;
      close(reply);
    }

    void close(Reply<T> reply) {
      if (!closed) {
        closed = true;
        end.run();
        world.time().after(world.network().latency(), () -> done.accept(reply));
      }
    }

    void expectClosed() {
      if (!closed) {
        world.violations().add("a client was not answered in time");
      }
    }
  }
}
