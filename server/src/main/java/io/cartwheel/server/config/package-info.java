/**
 * Configuration: one table of keys, and where each value came from.
 *
 * <p>A key's value is the flag's, else that of its {@code CARTWHEEL_} variable, else the file's,
 * else the default. What is unknown or wrong is refused, with all problems told at once. Immutable
 * once loaded.
 */
@NullMarked
package io.cartwheel.server.config;

import org.jspecify.annotations.NullMarked;
