package io.cartwheel.server.node;

import io.cartwheel.core.antientropy.AntiEntropy;
import io.cartwheel.core.antientropy.ExchangeFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** What anti-entropy does, as metrics (Dynamo §4.7). */
record RepairMeters(MeterRegistry registry, RepairDesk desk) {

  void publish() {
    counter("rounds", "Comparisons with another member", ExchangeFigures.Sum::rounds);
    counter("rounds.failed", "Those that came to no end", ExchangeFigures.Sum::failedRounds);
    counter("keys.compared", "Keys whose hashes were compared", ExchangeFigures.Sum::keysCompared);
    counter("keys.differing", "Keys that differed", ExchangeFigures.Sum::keysDiffering);
    counter("keys.repaired", "Keys made equal", ExchangeFigures.Sum::keysRepaired);
    counter("bytes", "Hashes, keys and states that were exchanged", ExchangeFigures.Sum::bytes);
    gauge("keys.unrepaired", "Keys known to differ now", AntiEntropy.State::differing);
    gauge("trees.missing", "Partitions without a Merkle tree", AntiEntropy.State::treesMissing);
    gauge("types.differ", "Members whose bucket types differ", AntiEntropy.State::unlike);
    FunctionCounter.builder("cartwheel.scrub.partitions", desk, d -> walked())
        .description("Partitions whose records were all looked at")
        .register(registry);
    Gauge.builder("cartwheel.repair.in.sync", desk, d -> d.state().inSync() ? 1 : 0)
        .description("1 when the last comparison with each member that answers was complete")
        .register(registry);
  }

  private long walked() {
    return desk.sum(AntiEntropy.State::walked);
  }

  private void counter(
      String name, String description, ToLongFunction<ExchangeFigures.Sum> figure) {
    FunctionCounter.builder(
            "cartwheel.repair." + name,
            desk,
            d -> d.sum(state -> figure.applyAsLong(state.figures())))
        .description(description)
        .register(registry);
  }

  private void gauge(String name, String description, ToLongFunction<AntiEntropy.State> figure) {
    Gauge.builder("cartwheel.repair." + name, desk, d -> d.sum(figure))
        .description(description)
        .register(registry);
  }
}
