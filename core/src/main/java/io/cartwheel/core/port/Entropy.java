package io.cartwheel.core.port;

/** Random bits: unpredictable in a server, drawn from the seed in the simulator. */
public interface Entropy {
  long nextLong();
}
