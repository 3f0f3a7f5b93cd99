package io.cartwheel.core.message;

import io.cartwheel.core.bucket.Fanout;
import io.cartwheel.core.bucket.Quorum;
import io.cartwheel.core.item.ItemKey;
import java.util.Optional;

/** A read as a client asks for it. */
public record GetRequest(ItemKey key, Options options) {
  public static final int DEFAULT_TIMEOUT_MILLIS = 5_000;
  public static final int MAX_TIMEOUT_MILLIS = 600_000;

  /**
   * What a read asks for; empty options are the type's.
   *
   * @param r replicas that answer
   * @param pr primaries that answer
   * @param sloppy whether others may stand in for primaries; empty is the type's
   * @param nodeConfirms distinct nodes that answer, 0 for as many as r comes to
   * @param notFoundOk whether "not found" counts toward r
   * @param basicQuorum whether a majority of "not found" ends the read early
   * @param fanout how many replicas are asked at first
   * @param timeoutMillis until when an answer is awaited
   */
  public record Options(
      Quorum r,
      Quorum pr,
      Optional<Boolean> sloppy,
      int nodeConfirms,
      Optional<Boolean> notFoundOk,
      Optional<Boolean> basicQuorum,
      Optional<Fanout> fanout,
      int timeoutMillis) {
    public static final Options DEFAULT =
        new Options(
            Quorum.DEFAULT,
            Quorum.DEFAULT,
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            DEFAULT_TIMEOUT_MILLIS);

    public Options withR(Quorum replicas) {
      return new Options(
          replicas, pr, sloppy, nodeConfirms, notFoundOk, basicQuorum, fanout, timeoutMillis);
    }

    public Options withTimeout(int millis) {
      return new Options(r, pr, sloppy, nodeConfirms, notFoundOk, basicQuorum, fanout, millis);
    }

    public Options withSloppy(boolean standIns) {
      return new Options(
          r,
          pr,
          Optional.of(standIns),
          nodeConfirms,
          notFoundOk,
          basicQuorum,
          fanout,
          timeoutMillis);
    }

    public Options withFanout(Fanout chosen) {
      return new Options(
          r, pr, sloppy, nodeConfirms, notFoundOk, basicQuorum, Optional.of(chosen), timeoutMillis);
    }
  }
}
