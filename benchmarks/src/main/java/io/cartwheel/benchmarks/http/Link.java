package io.cartwheel.benchmarks.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * One thread's way to the cluster: a connection to its own node, or, while that one fails, to the
 * next that does not. Only {@link #expire} may be called by another thread.
 */
public final class Link implements AutoCloseable {
  /** Shorter than a node lets a connection rest before it closes it. */
  private static final long LONGEST_REST_NANOS = Duration.ofSeconds(5).toNanos();

  private final Route route;
  private final long timeoutNanos;
  private Optional<Connection> connection = Optional.empty();
  private int current;
  private long restsSince;
  private long failovers;

  private volatile Optional<SocketChannel> busy = Optional.empty();
  private volatile long begun;
  private volatile boolean expired;

  /**
   * Not connected yet.
   *
   * @param nodes in the order of preference
   * @param timeout for one exchange, connecting included
   */
  public Link(List<Node> nodes, Duration timeout) {
    route = new Route(nodes);
    timeoutNanos = timeout.toNanos();
  }

  /** Sends a request to some node, once, and waits for the answer. */
  public Outcome exchange(Function<Node, ByteBuffer> request) {
    expired = false;
    begun = System.nanoTime();
    try {
      Connection open = connected();
      busy = Optional.of(open.channel());
      Answer answer = open.exchange(request.apply(open.node()));
      rest(answer);
      return answer;
    } catch (IOException e) {
      Failure failure = failure(e);
      abandon();
      return failure;
    } finally {
      busy = Optional.empty();
    }
  }

  /** How often it went from one node to another. */
  public long failovers() {
    return failovers;
  }

  /** Breaks the exchange under way off if its time is over. */
  public void expire(long nowNanos) {
    busy.filter(channel -> nowNanos - begun > timeoutNanos)
        .ifPresent(channel -> {
          expired = true;
          closeQuietly(channel);
        });
  }

  @Override
  public void close() {
    connection.ifPresent(Link::closeQuietly);
    connection = Optional.empty();
  }

  /** The connection that is open, if it is to the right node and can be trusted; else a new one. */
  private Connection connected() throws IOException {
    int wanted = route.choose(begun);
    if (wanted == current && begun - restsSince < LONGEST_REST_NANOS && connection.isPresent()) {
      return connection.get();
    }
    close();
    Connection opened = open();
    connection = Optional.of(opened);
    return opened;
  }

  /** Tries as many times as there are nodes, each time the one that is most likely to be well. */
  private Connection open() throws IOException {
    for (int attempt = 0; attempt < route.size(); attempt++) {
      int wanted = route.choose(System.nanoTime());
      LockSupport.parkNanos(route.waitNanos(wanted, System.nanoTime()));
      try {
        Connection opened =
            Connection.open(route.node(wanted), channel -> busy = Optional.of(channel));
        failovers += wanted == current ? 0 : 1;
        current = wanted;
        return opened;
      } catch (IOException | UnresolvedAddressException e) {
        route.failed(wanted, System.nanoTime());
      }
    }
    throw new ConnectException("no node takes a connection");
  }

  private void rest(Answer answer) {
    route.succeeded(current);
    restsSince = System.nanoTime();
    if (!answer.lasting()) {
      close();
    }
  }

  private void abandon() {
    if (connection.isPresent()) {
      route.failed(current, System.nanoTime());
      close();
    }
  }

  private Failure failure(IOException e) {
    if (expired) {
      return Failure.TIMEOUT;
    }
    return switch (e) {
      case ConnectException refused -> Failure.REFUSED;
      case ProtocolException malformed -> Failure.MALFORMED;
      default -> Failure.BROKEN;
    };
  }

  private static void closeQuietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      // It is given up in any case.
    }
  }
}
