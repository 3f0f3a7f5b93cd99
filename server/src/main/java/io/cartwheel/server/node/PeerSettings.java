package io.cartwheel.server.node;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.data.Members;
import io.cartwheel.transport.NetworkSettings;
import java.util.TreeMap;

/** The network between the nodes, as a node's configuration and identity have it. */
final class PeerSettings {
  private static final long MAX_FRAME_BYTES = 1L << 30;

  private PeerSettings() {}

  static NetworkSettings of(Configuration config, Identity identity) {
    Members members = identity.members();
    var peers = new TreeMap<MemberId, NetworkSettings.Peer>();
    members
        .addresses()
        .forEach((name, address) ->
            peers.put(members.idOf(name), new NetworkSettings.Peer(name, address.unresolved())));
    var self =
        new NetworkSettings.Identity(
            members.idOf(identity.name()),
            identity.name(),
            members.clusterId(),
            members.partitions(),
            identity.directory());
    return new NetworkSettings(
        self,
        config.get(ConfigKeys.PEER).resolved(),
        peers,
        limits(config),
        NetworkSettings.Timing.DEFAULT);
  }

  /** States travel whole: what each of N coordinators may pile up must fit into a frame. */
  static NetworkSettings.Limits limits(Configuration config) {
    NetworkSettings.Limits usual = NetworkSettings.Limits.DEFAULT;
    long largest = usual.frameBytes();
    for (BucketType type : config.bucketTypes().values()) {
      long set = (long) type.limits().setBytes() + type.limits().valueBytes();
      largest = Math.max(largest, Math.min(type.n() * set, MAX_FRAME_BYTES));
    }
    return new NetworkSettings.Limits(
        (int) largest,
        usual.outboundBytes(),
        usual.unansweredRequests(),
        usual.unansweredBytes(),
        usual.incomingConnections());
  }
}
