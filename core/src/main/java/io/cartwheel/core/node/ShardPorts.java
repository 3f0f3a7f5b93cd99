package io.cartwheel.core.node;

import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Entropy;
import io.cartwheel.core.port.NodeBarriers;
import io.cartwheel.core.port.NodeRepairs;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.Timers;
import io.cartwheel.core.port.Transport;

/** All that one shard asks of the world; each for this shard alone, but for the node's. */
public record ShardPorts(
    Clock clock,
    Timers timers,
    Entropy entropy,
    Transport transport,
    StorageEngine engine,
    Observer observer,
    NodeRepairs repairs,
    NodeBarriers barriers) {}
