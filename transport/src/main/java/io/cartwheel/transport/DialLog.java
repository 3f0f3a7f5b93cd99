package io.cartwheel.transport;

import io.cartwheel.core.ring.MemberId;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log how it goes with each peer, once per change and not per retry, for all shards
 * together.
 */
final class DialLog {
  private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);
  private static final String CONNECTED = "";

  private final ConcurrentHashMap<MemberId, String> last = new ConcurrentHashMap<>();

  void connected(MemberId member, String name) {
    if (!CONNECTED.equals(last.put(member, CONNECTED))) {
      LOG.info("connected to {} ({})", name, member);
    }
  }

  void lost(MemberId member, String name, String reason) {
    if (!reason.equals(last.put(member, reason))) {
      LOG.warn("no connection to {} ({}): {}", name, member, reason);
    }
  }
}
