/**
 * HTTP requests and answers as values, apart from connections: targets, refusals, answers.
 *
 * <p>Everything here is immutable once handed over, and may be made on one thread and used on
 * another.
 */
@NullMarked
package io.cartwheel.server.http.message;

import org.jspecify.annotations.NullMarked;
