package io.cartwheel.server.node;

import io.cartwheel.server.StartException;
import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.config.Configuration;
import io.cartwheel.server.config.HostPort;
import io.cartwheel.server.data.DataDirectory;
import io.cartwheel.server.data.DataDirectoryException;
import io.cartwheel.server.data.Members;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who a node is: what its directory says, or for an empty one what its configuration says.
 *
 * @param name the node's name
 * @param members its cluster
 * @param directory the id of its data directory
 * @param known whether the directory was a member's already
 */
record Identity(String name, Members members, long directory, boolean known) {

  static Identity of(Configuration config, DataDirectory directory)
      throws IOException, DataDirectoryException, StartException {
    String name = config.get(ConfigKeys.NAME);
    long directoryId = directory.claimFor(name, Members.nonZero(new SecureRandom().nextLong()));
    Optional<Members> stored = directory.members();
    if (stored.isPresent()) {
      refuseIfChanged(config, stored.get());
      return new Identity(name, stored.get(), directoryId, true);
    }
    return new Identity(name, fromGenesis(config, name), directoryId, false);
  }

  private static Members fromGenesis(Configuration config, String name) {
    SortedMap<String, HostPort> list = config.get(ConfigKeys.INITIAL_CLUSTER).members();
    int partitions = config.get(ConfigKeys.PARTITIONS);
    if (list.isEmpty()) {
      list = new TreeMap<>();
      list.put(name, config.get(ConfigKeys.PEER));
    }
    long clusterId =
        list.size() == 1
            ? Members.nonZero(new SecureRandom().nextLong())
            : Members.clusterIdOf(config.get(ConfigKeys.CLUSTER_NAME), partitions, list);
    return new Members(clusterId, partitions, list);
  }

  /** The members are what was agreed on, not what a file says later. */
  private static void refuseIfChanged(Configuration config, Members stored) throws StartException {
    SortedMap<String, HostPort> list = config.get(ConfigKeys.INITIAL_CLUSTER).members();
    boolean alone = stored.addresses().size() == 1;
    if (!list.isEmpty() && !alone && !list.equals(stored.addresses())) {
      throw new StartException(
          "initial_cluster %s differs from the members in the data directory, %s"
              .formatted(config.get(ConfigKeys.INITIAL_CLUSTER), stored.addresses()));
    }
    if (alone && list.size() > 1) {
      throw new StartException(
          "the data directory belongs to a cluster of one; initial_cluster can't change that");
    }
    boolean askedFor = config.setting(ConfigKeys.PARTITIONS).isExplicit();
    int partitions = config.get(ConfigKeys.PARTITIONS);
    if (askedFor && partitions != stored.partitions()) {
      throw new StartException(
          "partitions %d differs from the data directory's %d, which can't change"
              .formatted(partitions, stored.partitions()));
    }
  }
}
