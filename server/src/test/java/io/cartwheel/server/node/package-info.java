/** Tests of the package of the same name. */
@NullMarked
package io.cartwheel.server.node;

import org.jspecify.annotations.NullMarked;
