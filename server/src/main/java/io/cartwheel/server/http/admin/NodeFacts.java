package io.cartwheel.server.http.admin;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.config.Configuration;
import java.util.List;
import java.util.Optional;

/** What a node tells of itself and its peers. Safe from any thread; must not block. */
public interface NodeFacts {
  Configuration configuration();

  /** Why the store refuses writes now, if it does. */
  Optional<String> storeTrouble();

  /** All members, this one among them. */
  List<Member> members();

  /**
   * A member as this node sees it.
   *
   * @param http where it serves clients, if that is known here
   * @param connected whether this node can talk to it now; of itself always
   */
  record Member(MemberId id, String name, String peer, Optional<String> http, boolean connected) {}
}
