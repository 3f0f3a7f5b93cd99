/** Tests of the package of the same name. */
@NullMarked
package io.cartwheel.server.data;

import org.jspecify.annotations.NullMarked;
