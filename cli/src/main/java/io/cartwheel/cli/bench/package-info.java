/** The verbs that measure a cluster. */
@NullMarked
package io.cartwheel.cli.bench;

import org.jspecify.annotations.NullMarked;
