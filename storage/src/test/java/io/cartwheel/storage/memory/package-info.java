/** Tests of the memory engine. */
@NullMarked
package io.cartwheel.storage.memory;

import org.jspecify.annotations.NullMarked;
