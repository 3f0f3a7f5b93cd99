package io.cartwheel.server.http.admin;

import io.cartwheel.core.membership.FailureDetector.Opinion;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.node.DeletesKept;
import io.cartwheel.server.node.HintsKept;
import java.util.List;
import java.util.Optional;

/** What a node tells of itself and its peers. Safe from any thread; must not block. */
public interface NodeFacts {
  Configuration configuration();

  /** Why the store refuses writes now, if it does. */
  Optional<String> storeTrouble();

  /** What this node keeps for others. */
  HintsKept hints();

  /** What this node has yet to forget of what was deleted or has expired. */
  DeletesKept deletes();

  /** All members, this one among them. */
  List<Member> members();

  /**
   * A member as this node sees it.
   *
   * @param http where it serves clients, if that is known here
   * @param connected whether this node can talk to it now; of itself always
   * @param opinion what this node's shards think of it, the worst of them
   */
  record Member(
      MemberId id,
      String name,
      String peer,
      Optional<String> http,
      boolean connected,
      Opinion opinion) {}
}
