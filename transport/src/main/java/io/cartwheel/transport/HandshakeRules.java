package io.cartwheel.transport;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.transport.NetworkSettings.Identity;
import io.cartwheel.transport.wire.Peer;
import io.cartwheel.transport.wire.Peer.Rejection.Reason;
import java.util.Optional;

/** Who may connect with whom: the words of the handshake and the judgement on them. */
final class HandshakeRules {
  static final int PROTOCOL = 1;

  /** More shards than any machine has cores; bounds what a peer's word makes us dial. */
  private static final int MAX_SHARDS = 1024;

  private final NetworkSettings settings;
  private final Identity identity;
  private final int shards;

  HandshakeRules(NetworkSettings settings, int shards) {
    this.settings = settings;
    this.identity = settings.identity();
    this.shards = shards;
  }

  Peer.Hello hello(DialTarget target, boolean established) {
    return Peer.Hello.newBuilder()
        .setProtocol(PROTOCOL)
        .setClusterId(identity.clusterId())
        .setPartitions(identity.partitions())
        .setMemberId(identity.self().value())
        .setName(identity.name())
        .setRole(Peer.Role.ROLE_MEMBER)
        .setShards(shards)
        .setLink(target.number())
        .setEstablished(established)
        .setMaxFrameBytes(settings.limits().frameBytes())
        .setWantedMemberId(target.member().value())
        .setDirectory(identity.directory())
        .build();
  }

  Peer.Welcome welcome(boolean established, boolean metBefore) {
    return Peer.Welcome.newBuilder()
        .setMemberId(identity.self().value())
        .setName(identity.name())
        .setShards(shards)
        .setEstablished(established)
        .setMetBefore(metBefore)
        .setMaxFrameBytes(settings.limits().frameBytes())
        .setDirectory(identity.directory())
        .build();
  }

  /** Why the dialler is refused, or empty when it is welcome. */
  Optional<Peer.Rejection> objection(Peer.Hello hello) {
    if (hello.getProtocol() != PROTOCOL) {
      return rejection(
          Reason.WRONG_PROTOCOL, "protocol " + PROTOCOL + " here, yours " + hello.getProtocol());
    }
    if (hello.getRole() != Peer.Role.ROLE_MEMBER) {
      return rejection(Reason.WRONG_ROLE, "only members are served here");
    }
    if (hello.getClusterId() != identity.clusterId()) {
      return rejection(
          Reason.WRONG_CLUSTER,
          "cluster %016x here, yours %016x".formatted(identity.clusterId(), hello.getClusterId()));
    }
    if (hello.getPartitions() != identity.partitions()) {
      return rejection(
          Reason.WRONG_PARTITIONS,
          "%d partitions here, yours %s"
              .formatted(identity.partitions(), Integer.toUnsignedString(hello.getPartitions())));
    }
    return objectionToMember(hello).or(() -> objectionToLink(hello));
  }

  private Optional<Peer.Rejection> objectionToMember(Peer.Hello hello) {
    if (hello.getMemberId() == identity.self().value()) {
      return rejection(Reason.SELF, "you are me: one address names two members");
    }
    if (hello.getWantedMemberId() != identity.self().value()) {
      return rejection(Reason.NOT_ME, "this is " + identity.name() + ", " + identity.self());
    }
    NetworkSettings.Peer peer =
        hello.getMemberId() == 0 ? null : settings.peers().get(new MemberId(hello.getMemberId()));
    if (peer == null) {
      return rejection(
          Reason.UNKNOWN_MEMBER, "no member %016x is known here".formatted(hello.getMemberId()));
    }
    if (!peer.name().equals(hello.getName())) {
      return rejection(Reason.WRONG_NAME, "that member's name is " + peer.name() + " here");
    }
    return Optional.empty();
  }

  private Optional<Peer.Rejection> objectionToLink(Peer.Hello hello) {
    if (!isShardCount(hello.getShards())) {
      return rejection(Reason.WRONG_LINK, "shards must be a power of two, up to " + MAX_SHARDS);
    }
    if (hello.getLink() < 0 || hello.getLink() >= Math.max(shards, hello.getShards())) {
      return rejection(Reason.WRONG_LINK, "no such link");
    }
    return Optional.empty();
  }

  /** Why the dialler does not take this answer, or empty when it does. */
  Optional<String> objection(DialTarget target, Peer.Welcome welcome) {
    if (welcome.getMemberId() != target.member().value()
        || !welcome.getName().equals(target.peer().name())) {
      return Optional.of(
          "somebody else answered: %s, %016x"
              .formatted(printable(welcome.getName()), welcome.getMemberId()));
    }
    return isShardCount(welcome.getShards())
        ? Optional.empty()
        : Optional.of("it claims to have " + welcome.getShards() + " shards");
  }

  /** The largest frame to send to a peer that says what it takes. */
  int frameBytes(int peerFrameBytes) {
    int own = settings.limits().frameBytes();
    return peerFrameBytes <= 0 ? own : Math.min(own, peerFrameBytes);
  }

  /** A stranger's text, fit for one line of the log. */
  static String printable(String text) {
    String line = text.replaceAll("[^\\x20-\\x7E]", "?");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }

  private static boolean isShardCount(int count) {
    return count >= 1 && count <= MAX_SHARDS && Integer.bitCount(count) == 1;
  }

  private static Optional<Peer.Rejection> rejection(Reason reason, String explanation) {
    return Optional.of(
        Peer.Rejection.newBuilder().setReason(reason).setExplanation(explanation).build());
  }
}
