/**
 * What is stored and under which name: keys, opaque bytes, and the primitives that encode them.
 *
 * <p>Dynamo §4.1: an item is opaque bytes found by its key. Everything here is immutable and may be
 * shared between threads, but for {@link io.cartwheel.core.item.Encoder} and {@link
 * io.cartwheel.core.item.Decoder}, which belong to one caller.
 */
@NullMarked
package io.cartwheel.core.item;

import org.jspecify.annotations.NullMarked;
