/**
 * What members say to one another and what clients ask of the protocol: records only.
 *
 * <p>Every {@link io.cartwheel.core.message.Message.Request} is answered by at most one {@link
 * io.cartwheel.core.message.Message.Reply} with its id. Failures are values. Immutable.
 */
@NullMarked
package io.cartwheel.core.message;

import org.jspecify.annotations.NullMarked;
