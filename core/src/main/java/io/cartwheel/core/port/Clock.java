package io.cartwheel.core.port;

/** Two clocks: one that only rises, and one that people read, which may jump either way. */
public interface Clock {
  /** Nanoseconds since some moment; never falls. For deadlines and latencies. */
  long nanos();

  /** Milliseconds since 1970 by this machine's wall clock. For what users are shown. */
  long wallMillis();
}
