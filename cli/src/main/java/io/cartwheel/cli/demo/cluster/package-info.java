/**
 * Nodes of one cluster in this process, each with a folder and ports of its own, and what may
 * befall them. For one thread at a time unless said otherwise.
 */
@NullMarked
package io.cartwheel.cli.demo.cluster;

import org.jspecify.annotations.NullMarked;
