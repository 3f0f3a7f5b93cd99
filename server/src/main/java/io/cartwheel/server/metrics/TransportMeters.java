package io.cartwheel.server.metrics;

import io.cartwheel.transport.PeerNetwork;
import io.cartwheel.transport.Traffic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** What goes over the network between peers. */
public final class TransportMeters {
  private TransportMeters() {}

  public static void watch(MeterRegistry registry, PeerNetwork network) {
    gauge(registry, network, "links.outgoing", Traffic::outgoing);
    gauge(registry, network, "links.incoming", Traffic::incoming);
    count(registry, network, "received.bytes", Traffic::bytesIn);
    count(registry, network, "sent.bytes", Traffic::bytesOut);
    count(registry, network, "frames.received", Traffic::framesIn);
    count(registry, network, "frames.sent", Traffic::framesOut);
    count(registry, network, "dials.failed", Traffic::dialsFailed);
    count(registry, network, "handshakes.refused", Traffic::handshakesRefused);
    count(registry, network, "malformed", Traffic::malformed);
    count(registry, network, "ignored", Traffic::ignored);
    count(registry, network, "unsent", Traffic::unsent);
    count(registry, network, "hops", Traffic::hops);
  }

  private static void count(
      MeterRegistry registry, PeerNetwork network, String name, ToLongFunction<Traffic> figure) {
    FunctionCounter.builder("cartwheel.peer." + name, network, n -> figure.applyAsLong(n.traffic()))
        .register(registry);
  }

  private static void gauge(
      MeterRegistry registry, PeerNetwork network, String name, ToLongFunction<Traffic> figure) {
    Gauge.builder("cartwheel.peer." + name, network, n -> figure.applyAsLong(n.traffic()))
        .register(registry);
  }
}
