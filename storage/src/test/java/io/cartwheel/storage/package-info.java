/** The contract that every engine keeps, as tests that each engine's module runs. */
@NullMarked
package io.cartwheel.storage;

import org.jspecify.annotations.NullMarked;
