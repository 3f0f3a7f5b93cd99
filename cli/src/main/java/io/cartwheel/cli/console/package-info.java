/**
 * What every verb shares toward the person or script that runs it: streams, exit codes, failures
 * told in one line, tables and JSON. Knows nothing of nodes.
 */
@NullMarked
package io.cartwheel.cli.console;

import org.jspecify.annotations.NullMarked;
