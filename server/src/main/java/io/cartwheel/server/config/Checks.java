package io.cartwheel.server.config;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.bucket.Quorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What must hold between values that are each allowed by themselves. */
final class Checks {
  private final Configuration configuration;
  private final List<String> problems = new ArrayList<>();

  private Checks(Configuration configuration) {
    this.configuration = configuration;
  }

  static List<String> problems(Configuration configuration) {
    var checks = new Checks(configuration);
    checks.addresses();
    checks.members();
    configuration.bucketTypes().values().forEach(checks::bucketType);
    return checks.problems;
  }

  private void addresses() {
    if (configuration.get(ConfigKeys.INSECURE)) {
      return;
    }
    for (ConfigKey<HostPort> key : List.of(ConfigKeys.HTTP, ConfigKeys.PB, ConfigKeys.PEER)) {
      HostPort address = configuration.get(key);
      if (!address.isLoopback()) {
        problems.add(
            told(key)
                + ": others could reach it, and nobody is asked who they are yet; use a loopback"
                + " address such as 127.0.0.1, or write insecure = true");
      }
    }
  }

  private void members() {
    InitialCluster cluster = configuration.get(ConfigKeys.INITIAL_CLUSTER);
    String name = configuration.get(ConfigKeys.NAME);
    int count = cluster.members().size();
    if (count > 0 && !cluster.members().containsKey(name)) {
      problems.add(told(ConfigKeys.INITIAL_CLUSTER) + ": does not name this node, " + name);
    }
    if (count > configuration.get(ConfigKeys.PARTITIONS)) {
      problems.add(
          told(ConfigKeys.PARTITIONS) + ": fewer than the members, some would own nothing");
    }
  }

  private void bucketType(BucketType type) {
    BucketType.Quorums quorums = type.quorums();
    SortedMap<String, Quorum> named = new TreeMap<>();
    named.put("r", quorums.r());
    named.put("w", quorums.w());
    named.put("dw", quorums.dw());
    named.put("pr", quorums.pr());
    named.put("pw", quorums.pw());
    for (Map.Entry<String, Quorum> entry : named.entrySet()) {
      if (entry.getValue().among(type.n(), Quorum.QUORUM) > type.n()) {
        problems.add(typeKey(type, entry.getKey()) + ": more than n = " + type.n());
      }
    }
    if (type.ttl().isPresent() && type.ttl().get().toSeconds() < 1) {
      problems.add(typeKey(type, "ttl") + ": less than a second; 0 keeps values for ever");
    }
    BucketType.Limits limits = type.limits();
    if (limits.setBytes() < limits.valueBytes()) {
      problems.add(
          typeKey(type, "max_set")
              + " ("
              + Units.text(limits.setBytes())
              + "): must not be less than max_value ("
              + Units.text(limits.valueBytes())
              + ")");
    }
  }

  private static String typeKey(BucketType type, String key) {
    return TypeKeys.PREFIX + type.name() + "." + key;
  }

  private String told(ConfigKey<?> key) {
    Setting setting = configuration.setting(key);
    return "%s = \"%s\" (%s)".formatted(key.name(), setting.text(), setting.source().described());
  }
}
