package io.cartwheel.server.http.item;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.RequestHead;
import io.cartwheel.server.http.message.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a request's query asks for.
 *
 * @param read for its read, if it makes one
 * @param write for its write, if it makes one
 * @param vtag which sibling is wanted
 */
record ItemOptions(GetRequest.Options read, PutRequest.Options write, Optional<String> vtag) {

  /**
   * Reads the query; parameters that nobody knows are ignored.
   *
   * @param type whose n bounds the quorums
   * @param usualTimeoutMillis the timeout of requests that name none
   */
  static ItemOptions read(RequestHead head, BucketType type, int usualTimeoutMillis)
      throws RefusedException {
    return new Reader(head.target(), type).read(usualTimeoutMillis, head.method().equals("DELETE"));
  }

  private record Reader(Target target, BucketType type) {

    ItemOptions read(int usualTimeoutMillis, boolean deletes) throws RefusedException {
      refuseWhatIsNotBuilt();
      int timeout = timeout(usualTimeoutMillis);
      Quorum rw = deletes ? quorum("rw", Quorum.DEFAULT) : Quorum.DEFAULT;
      var read =
          new GetRequest.Options(
              quorum("r", rw),
              quorum("pr", Quorum.DEFAULT),
              truth("sloppy_quorum"),
              nodes(),
              truth("notfound_ok"),
              truth("basic_quorum"),
              word("fanout", Fanout.class),
              timeout);
      var write =
          new PutRequest.Options(
              quorum("w", rw),
              quorum("dw", Quorum.DEFAULT),
              quorum("pw", Quorum.DEFAULT),
              truth("sloppy_quorum"),
              nodes(),
              timeout,
              truth("returnbody").orElse(false));
      return new ItemOptions(read, write, target.parameter("vtag"));
    }

    private void refuseWhatIsNotBuilt() throws RefusedException {
      String sync = target.parameter("sync_on_write").orElse("backend");
      if (!List.of("default", "backend").contains(sync)) {
        throw new RefusedException(Problem.notBuilt("sync_on_write=" + kept(sync)));
      }
    }

    private Quorum quorum(String name, Quorum otherwise) throws RefusedException {
      Optional<String> text = target.parameter(name);
      if (text.isEmpty()) {
        return otherwise;
      }
      Optional<Quorum> quorum = Quorum.parse(text.get());
      if (quorum.isEmpty()) {
        throw wrong(name, "a number, one, quorum, all or default");
      }
      if (quorum.get() instanceof Quorum.Exactly(int count) && count > type.n()) {
        throw tooMany(name, count);
      }
      return quorum.get();
    }

    /** How many distinct nodes are wanted, 0 if that is not said. */
    private int nodes() throws RefusedException {
      String text = target.parameter("node_confirms").orElse("default");
      if (text.equals("default")) {
        return 0;
      }
      if (!text.matches("[0-9]{1,9}")) {
        throw wrong("node_confirms", "a number or default");
      }
      int count = Integer.parseInt(text);
      if (count > type.n()) {
        throw tooMany("node_confirms", count);
      }
      return count;
    }

    private RefusedException tooMany(String name, int count) {
      return new RefusedException(
          Problem.badRequest(name + "=" + count + " is more than the bucket type's n=" + type.n())
              .withFact("n", type.n()));
    }

    private Optional<Boolean> truth(String name) throws RefusedException {
      Optional<String> text = target.parameter(name).map(value -> value.toLowerCase(Locale.ROOT));
      if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
        throw wrong(name, "true or false");
      }
      return text.map(Boolean::parseBoolean);
    }

    private <E extends Enum<E>> Optional<E> word(String name, Class<E> words)
        throws RefusedException {
      Optional<String> text = target.parameter(name);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      for (E each : words.getEnumConstants()) {
        if (each.name().equalsIgnoreCase(text.get())) {
          return Optional.of(each);
        }
      }
      throw wrong(
          name,
          Arrays.stream(words.getEnumConstants())
              .map(each -> each.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(" or ")));
    }

    private int timeout(int usual) throws RefusedException {
      Optional<String> text = target.parameter("timeout");
      if (text.isEmpty()) {
        return usual;
      }
      int most = GetRequest.MAX_TIMEOUT_MILLIS;
      if (!text.get().matches("[0-9]{1,7}")
          || Integer.parseInt(text.get()) < 1
          || Integer.parseInt(text.get()) > most) {
        throw wrong("timeout", "a number of milliseconds from 1 to " + most);
      }
      return Integer.parseInt(text.get());
    }

    private static RefusedException wrong(String name, String allowed) {
      return RefusedException.badRequest(name + " must be " + allowed);
    }

    /** What a client wrote, in a form that is harmless in an answer. */
    private static String kept(String text) {
      return text.matches("[a-z_]{1,16}") ? text : "...";
    }
  }
}
