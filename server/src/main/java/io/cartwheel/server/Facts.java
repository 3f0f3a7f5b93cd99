package io.cartwheel.server;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.data.Members;
import io.cartwheel.server.http.admin.NodeFacts;
import io.cartwheel.server.node.DeletesKept;
import io.cartwheel.server.node.HintsKept;
import io.cartwheel.server.node.RunningNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a running node tells its administration. */
record Facts(Configuration configuration, RunningNode node) implements NodeFacts {

  @Override
  public Optional<String> storeTrouble() {
    return node.condition().storeTrouble();
  }

  @Override
  public HintsKept hints() {
    return node.condition().hints();
  }

  @Override
  public DeletesKept deletes() {
    return node.condition().deletes();
  }

  @Override
  public List<Member> members() {
    Members members = node.members();
    var told = new ArrayList<Member>();
    members
        .addresses()
        .forEach((name, peer) -> {
          MemberId id = members.idOf(name);
          told.add(
              new Member(
                  id,
                  name,
                  peer.toString(),
                  Optional.empty(),
                  node.condition().isConnected(id),
                  node.condition().opinionOf(id)));
        });
    return told;
  }
}
