/**
 * Items over HTTP, as in Riak's API (Dynamo §4.1: get and put, with a context between them).
 *
 * <p>A request's head is read into a record first, and refused there if it is wrong; then it is
 * done on the key's shard; then its outcome is rendered. Nothing here knows of connections.
 */
@NullMarked
package io.cartwheel.server.http.item;

import org.jspecify.annotations.NullMarked;
