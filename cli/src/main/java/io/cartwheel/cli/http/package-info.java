/**
 * A small HTTP/1.1 client: one request, one connection, over a plain socket.
 *
 * <p>A command lives for one request, and starting {@code java.net.http} takes ten times as long as
 * the request. Everything that arrives is bounded before it is kept.
 */
@NullMarked
package io.cartwheel.cli.http;

import org.jspecify.annotations.NullMarked;
