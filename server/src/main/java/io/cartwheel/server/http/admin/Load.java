package io.cartwheel.server.http.admin;

import java.util.function.LongSupplier;

/**
 * What clients have under way. Any thread.
 *
 * @param connections how many are open
 * @param requests how many are being worked on, the one that asks among them
 */
public record Load(LongSupplier connections, LongSupplier requests) {}
