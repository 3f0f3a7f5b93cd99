package io.cartwheel.simulator;

import io.cartwheel.core.port.Observer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one seed came to.
 *
 * @param traceHash equal whenever the same seed runs with the same settings and the same code
 * @param firstViolations the first broken promises in words
 * @param readsWithSiblings how many reads showed more than one version
 */
public record SeedResult(
    long seed,
    long traceHash,
    long events,
    long virtualSeconds,
    int violations,
    List<String> firstViolations,
    Map<Fault, Long> faults,
    Map<Observer.Event, Long> probes,
    long readsWithSiblings) {

  SeedResult withViolation(String what) {
    return new SeedResult(
        seed,
        traceHash,
        events,
        virtualSeconds,
        violations + 1,
        Stream.concat(firstViolations.stream(), Stream.of(what)).toList(),
        faults,
        probes,
        readsWithSiblings);
  }
}
