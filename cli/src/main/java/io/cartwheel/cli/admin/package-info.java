/** Verbs for whoever looks after nodes, over what they tell under {@code /admin/v1}. */
@NullMarked
package io.cartwheel.cli.admin;

import org.jspecify.annotations.NullMarked;
