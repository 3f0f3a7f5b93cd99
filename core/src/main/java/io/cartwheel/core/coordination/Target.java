package io.cartwheel.core.coordination;

import io.cartwheel.core.ring.MemberId;

/**
 * Whom to ask, and for which of a key's owners it answers.
 *
 * @param owner itself, or the owner it stands in for
 */
record Target(MemberId member, MemberId owner) {
  static Target owner(MemberId owner) {
    return new Target(owner, owner);
  }

  boolean standsIn() {
    return !member.equals(owner);
  }
}
