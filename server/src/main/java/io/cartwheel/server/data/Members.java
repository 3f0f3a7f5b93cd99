package io.cartwheel.server.data;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.Encoder;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.config.HostPort;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The cluster that a node belongs to, as it was agreed on at genesis.
 *
 * @param clusterId the cluster's id
 * @param partitions Q
 * @param addresses where each member listens for its peers, by name
 */
public record Members(long clusterId, int partitions, SortedMap<String, HostPort> addresses) {
  public Members {
    addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
  }

  /**
   * The id of a cluster of several: everybody who begins with the same list computes the same
   * (Dynamo §4.8: no registry).
   */
  public static long clusterIdOf(
      String clusterName, int partitions, SortedMap<String, HostPort> addresses) {
    var seed = new Encoder(256).text(clusterName).varint(partitions).varint(addresses.size());
    addresses.forEach((name, address) -> seed.text(name).text(address.toString()));
    return nonZero(seed.toBytes().hash().high());
  }

  /** An id of a cluster, which is never 0. */
  public static long nonZero(long id) {
    return id == 0 ? 1 : id;
  }

  public MemberId idOf(String name) {
    return MemberId.atGenesis(clusterId, name);
  }

  /** The names by member id. */
  public SortedMap<MemberId, String> names() {
    var names = new TreeMap<MemberId, String>();
    for (Map.Entry<String, HostPort> member : addresses.entrySet()) {
      names.put(idOf(member.getKey()), member.getKey());
    }
    return names;
  }

  /** The file's form: a line per fact, and a checksum against a half-edited file. */
  String toText() {
    var text = new StringBuilder("cluster %016x\npartitions %d\n".formatted(clusterId, partitions));
    addresses.forEach((name, address) -> text.append("member %s %s\n".formatted(name, address)));
    return text + "end %08x\n".formatted(Bytes.utf8(text.toString()).checksum());
  }

  static Members parse(String text) throws DataDirectoryException {
    int end = text.lastIndexOf("end ");
    if (end < 0 || !text.substring(end).equals("end %08x\n".formatted(checksum(text, end)))) {
      throw new DataDirectoryException("the file 'members' is damaged: restore it or start empty");
    }
    long clusterId = 0;
    int partitions = 0;
    var addresses = new TreeMap<String, HostPort>();
    for (String line : text.substring(0, end).lines().toList()) {
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "cluster" -> clusterId = Long.parseUnsignedLong(words[1], 16);
        case "partitions" -> partitions = Integer.parseInt(words[1]);
        case "member" -> addresses.put(words[1], HostPort.parse(words[2]).orElseThrow());
        default -> throw new DataDirectoryException("the file 'members' says '" + line + "'");
      }
    }
    return new Members(clusterId, partitions, addresses);
  }

  private static int checksum(String text, int end) {
    return Bytes.utf8(text.substring(0, end)).checksum();
  }
}
