package io.cartwheel.server.http;

import io.cartwheel.server.http.admin.NodeFacts;
import io.cartwheel.server.node.Shards;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/**
 * The node that HTTP is a door to.
 *
 * @param meters where requests are measured
 * @param scrape all measurements in Prometheus' text form
 * @param facts what the administration is told
 */
public record HttpNode(
    Shards shards, MeterRegistry meters, Supplier<String> scrape, NodeFacts facts) {}
