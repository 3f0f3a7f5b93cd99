/** What people and programs that look after a node ask it, as JSON under {@code /admin/v1}. */
@NullMarked
package io.cartwheel.server.http.admin;

import org.jspecify.annotations.NullMarked;
