/**
 * A live cluster on this machine for a newcomer: nodes, a load that checks itself, faults on demand
 * or by themselves, and a view of it all.
 */
@NullMarked
package io.cartwheel.cli.demo;

import org.jspecify.annotations.NullMarked;
