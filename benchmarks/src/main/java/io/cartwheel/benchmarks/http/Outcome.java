package io.cartwheel.benchmarks.http;

/** How one exchange with a node ended. */
public sealed interface Outcome permits Answer, Failure {}
