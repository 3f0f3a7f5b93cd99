package io.cartwheel.server.node;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** How forgetting gets on, as metrics. */
record ForgettingMeters(MeterRegistry registry, BarrierDesk desk) {

  void publish() {
    gauge(
        "forgetting.keys",
        "Keys that this node is the first owner of, and that wait to be forgotten",
        BarrierDesk::waiting);
    gauge(
        "forgetting.held.up",
        "Members because of whom nothing is forgotten just now",
        d -> d.heldUpBy().size());
    gauge("barrier.current", "The barrier of new work", d -> d.view().self().current());
    gauge("barrier.reached", "The last barrier reached", d -> d.view().self().reached());
  }

  private void gauge(String name, String description, ToDoubleFunction<BarrierDesk> figure) {
    Gauge.builder("cartwheel." + name, desk, figure).description(description).register(registry);
  }
}
