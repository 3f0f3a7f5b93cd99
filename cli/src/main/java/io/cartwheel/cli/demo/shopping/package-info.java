/**
 * Shoppers who fill carts, several to a cart, and the books that are kept on them: what each write
 * covered and who acknowledged it, so that in the end it can be said whether anything was lost or
 * came back (Dynamo §4.4: "an add to cart is never forgotten").
 *
 * <p>Shoppers run on threads of their own; what they share is safe from any.
 */
@NullMarked
package io.cartwheel.cli.demo.shopping;

import org.jspecify.annotations.NullMarked;
