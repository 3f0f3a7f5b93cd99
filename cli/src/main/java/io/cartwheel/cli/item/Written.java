package io.cartwheel.cli.item;

import java.util.Optional;

/**
 * What a node said of a write that it acknowledged.
 *
 * @param context what the next write hands back; empty when other versions are left that the writer
 *     has not seen
 * @param session what a later read may ask to be at least as new as
 */
record Written(Optional<String> context, Optional<String> session) {}
