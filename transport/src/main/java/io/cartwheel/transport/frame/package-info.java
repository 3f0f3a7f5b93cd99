/**
 * Frames: what members say to one another as bytes, and bytes as what they say.
 *
 * <p>A frame is a 4-byte big-endian length and one {@code PeerFrame} of {@code peer.proto}. What is
 * read aliases the frame's own array, so a value travels from the frame to the disk uncopied.
 * Whatever is wrong with received bytes is a {@link io.cartwheel.core.item.MalformedException}, and
 * nothing else.
 */
@NullMarked
package io.cartwheel.transport.frame;

import org.jspecify.annotations.NullMarked;
