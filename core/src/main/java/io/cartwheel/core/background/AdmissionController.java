package io.cartwheel.core.background;

import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Timers;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says how much background work a shard may do beside clients' requests (Dynamo §6.5).
 *
 * <p>Several times a second it looks at how requests fared, and gives each kind of work a little
 * more, or half as much. Without requests all go at full speed. Whatever happens, each keeps a
 * least share.
 */
public final class AdmissionController {
  static final long INTERVAL_NANOS = 250_000_000L;

  /** A timer so late says that work waits for this shard's thread. */
  static final long LATE_NANOS = 50_000_000L;

  private final Clock clock;
  private final Timers timers;
  private final Foreground foreground = new Foreground();
  private final Map<Work, Slice> slices = new EnumMap<>(Work.class);
  private long dueNanos;

  /** A piece of background work that ends later than it begins. */
  public interface Piece {
    /**
     * Begins it.
     *
     * @param done to be run once, when the piece has ended, however it ended
     */
    void begin(Runnable done);
  }

  /**
   * How one kind of work fares.
   *
   * @param share how much it gets of what it could do, up to 1
   * @param reason why
   * @param granted how many pieces of it were begun
   * @param waited how many of them could not be begun at once
   */
  public record SliceReport(double share, Reason reason, long granted, long waited) {}

  /**
   * How all fares.
   *
   * @param p99Nanos what all but one in a hundred requests took at most in the last minute; 0 while
   *     there are too few
   * @param targetNanos what they should take at most
   */
  public record Report(Map<Work, SliceReport> slices, long p99Nanos, long targetNanos) {
    public Report {
      slices = Collections.unmodifiableMap(new EnumMap<>(slices));
    }

    public SliceReport of(Work work) {
      return Optional.ofNullable(slices.get(work)).orElseThrow();
    }
  }

  public AdmissionController(Clock clock, Timers timers) {
    this.clock = clock;
    this.timers = timers;
    for (Work work : Work.values()) {
      slices.put(work, new Slice(work, foreground, clock, timers));
    }
  }

  /** Begins to look at how requests fare, and goes on for as long as the shard lives. */
  public void start() {
    dueNanos = clock.nanos() + INTERVAL_NANOS;
    timers.after(INTERVAL_NANOS, this::look);
  }

  /** Where clients' requests are told of. */
  public Foreground foreground() {
    return foreground;
  }

  /** Begins a piece as soon as may be, in the order in which they came; not within the call. */
  public void admit(Work work, Piece piece) {
    slice(work).add(piece);
  }

  /** Runs something that is short, or goes on by being admitted again; not within the call. */
  public void admit(Work work, Runnable task) {
    slice(work).add(task);
  }

  /** What share of its full speed this work gets now, for work that keeps a pace of its own. */
  public double share(Work work) {
    return slice(work).share();
  }

  /** Notes a piece of work that keeps a pace of its own; to be run when it has ended. */
  public Runnable began(Work work) {
    return slice(work).begin();
  }

  /** Notes that work that keeps a pace of its own would do more if it had the share. */
  public void waited(Work work) {
    slice(work).waited();
  }

  /** How all fares now. */
  public Report report() {
    var reports = new EnumMap<Work, SliceReport>(Work.class);
    slices.forEach((work, slice) -> reports.put(work, slice.report()));
    return new Report(reports, foreground.p99Nanos(), foreground.targetNanos());
  }

  private void look() {
    long now = clock.nanos();
    boolean late = now - dueNanos >= LATE_NANOS;
    Reason requests = foreground.look(now);
    Reason reason = late && !requests.isTrouble() ? Reason.QUEUE_WAITS : requests;
    slices.values().forEach(slice -> slice.adapt(reason));
    start();
  }

  private Slice slice(Work work) {
    return Optional.ofNullable(slices.get(work)).orElseThrow();
  }
}
