/**
 * The verbs over items: get, put, delete, siblings, resolve; each one request to one node, or a
 * read and a write.
 */
@NullMarked
package io.cartwheel.cli.item;

import org.jspecify.annotations.NullMarked;
