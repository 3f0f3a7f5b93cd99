package io.cartwheel.simulator;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.membership.ClusterView;
import io.cartwheel.core.ring.EqualPartitions;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.Ring;
import io.cartwheel.core.version.ConflictPolicy;
import java.util.ArrayList;
import java.util.TreeMap;

/** Nodes without faults, but with disks that do so much a second and no more. */
final class PacedCluster {
  static final Bytes TYPE = Bytes.utf8("latest");

  /** A read costs two reads of disks; a write a read and a write at three. */
  private static final double DISK_WORK_PER_REQUEST = (2 + 6) / 2.0;

  private static final long CLUSTER_ID = 0xCA27_3EE2L;
  private static final int PARTITIONS = 64;

  private final World world;
  private final Load load;
  private final double capacity;

  PacedCluster(long seed, int nodes, int diskPerSecond) {
    world = new World(seed);
    world.faults().heal();
    load = new Load(world, new Calls(world));
    capacity = nodes * diskPerSecond / DISK_WORK_PER_REQUEST;
    var types = new TreeMap<Bytes, BucketType>();
    types.put(TYPE, latest());
    var ids = new ArrayList<MemberId>();
    for (int i = 0; i < nodes; i++) {
      ids.add(MemberId.atGenesis(CLUSTER_ID, "n" + i));
    }
    Ring ring = EqualPartitions.ofGenesis(PARTITIONS, ids, 3);
    for (int i = 0; i < nodes; i++) {
      var view = new ClusterView(CLUSTER_ID, ids.get(i), ring, types, false);
      var node = new SimNode(i, world, view, 2);
      node.pace(diskPerSecond);
      world.add(node);
    }
    world.nodes().forEach(SimNode::start);
  }

  /** Whose writes need no context. */
  private static BucketType latest() {
    BucketType usual = BucketType.byDefault();
    return new BucketType(
        TYPE.toUtf8(),
        usual.n(),
        usual.quorums(),
        ConflictPolicy.LAST_WRITE_WINS,
        usual.fanout(),
        usual.limits());
  }

  /** How many requests a second all disks together have the time for, half of them reads. */
  double capacity() {
    return capacity;
  }

  World world() {
    return world;
  }

  Load load() {
    return load;
  }
}
