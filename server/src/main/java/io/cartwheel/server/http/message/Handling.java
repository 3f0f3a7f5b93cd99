package io.cartwheel.server.http.message;

import io.cartwheel.core.item.Bytes;
import java.util.function.Consumer;

/**
 * How a request is served, decided from its head alone.
 *
 * @param operation what it is counted as
 * @param bodyLimit how large a body is taken; larger ones are refused as too large
 * @param work what is done once the body is there
 */
public record Handling(Operation operation, int bodyLimit, Work work) {
  /** Bodies where none is expected are taken up to here and not looked at. */
  private static final int UNASKED_BODY_BYTES = 64 << 10;

  /** Does what was asked. */
  @FunctionalInterface
  public interface Work {
    /**
     * Begins; must neither block nor throw.
     *
     * @param body belongs to the work from now on
     * @param done takes the answer, exactly once, on any thread
     */
    void begin(Bytes body, Consumer<Answer> done);
  }

  /** What requests are counted as. */
  public enum Operation {
    GET,
    PUT,
    DELETE,
    OTHER
  }

  /** One that looks at no body. */
  public static Handling of(Operation operation, Consumer<Consumer<Answer>> work) {
    return new Handling(operation, UNASKED_BODY_BYTES, (_, done) -> work.accept(done));
  }

  /** One whose answer is known. */
  public static Handling of(Answer answer) {
    return of(Operation.OTHER, done -> done.accept(answer));
  }
}
