/** Tests of frames: what they hold, how they are cut and put together. */
@NullMarked
package io.cartwheel.transport.frame;

import org.jspecify.annotations.NullMarked;
