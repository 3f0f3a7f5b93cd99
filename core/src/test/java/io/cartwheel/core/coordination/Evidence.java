package io.cartwheel.core.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cartwheel.core.bucket.BucketType;
import io.cartwheel.core.fixture.ShardBench;
import io.cartwheel.core.fixture.Wire;
import io.cartwheel.core.message.Failure;
import io.cartwheel.core.message.GetOutcome;
import io.cartwheel.core.message.GetRequest;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.message.PutOutcome;
import io.cartwheel.core.message.PutRequest;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What peers were sent and said, to hold a coordination's answer against. */
final class Evidence {
  private final ShardBench bench;
  private final List<MemberId> owners;
  private final List<Answered> answered = new ArrayList<>();

  private record Answered(MemberId member, Message.Request request, Message.Reply reply) {}

  Evidence(ShardBench bench, List<MemberId> owners) {
    this.bench = bench;
    this.owners = owners;
  }

  private int replicas() {
    return Math.min(3, owners.size());
  }

  private boolean isPrimary(MemberId member) {
    return owners.subList(0, replicas()).contains(member);
  }

  void heard(MemberId member, Message.Request request, Message.Reply reply) {
    answered.add(new Answered(member, request, reply));
  }

  /** Of a key that only this one request is about. */
  void check(GetRequest get, GetOutcome outcome) {
    if (!(outcome instanceof GetOutcome.Read(VersionSet state, _))) {
      return;
    }
    Set<MemberId> members = new LinkedHashSet<>();
    if (isPrimary(ShardBench.A)) {
      members.add(ShardBench.A);
    }
    for (Answered answer : answered) {
      if (answer.request() instanceof Message.ReplicaGet asked && asked.key().equals(get.key())) {
        if (answer.reply() instanceof Message.ReplicaState(_, VersionSet held, _, _)) {
          assertTrue(state.clock().covers(held.clock()), "a state that was read is not shown");
          members.add(answer.member());
        } else if (answer.reply() instanceof Message.ReplicaDigest) {
          members.add(answer.member());
        }
      }
    }
    int needed = Quorums.read(BucketType.byDefault(), replicas(), get.options()).r();
    boolean mayEndEarly = state.isEmpty() && get.options().basicQuorum().orElse(false);
    assertTrue(mayEndEarly || members.size() >= needed, () -> needed + " of " + members);
  }

  void check(PutRequest put, PutOutcome outcome) {
    switch (outcome) {
      case PutOutcome.Stored stored -> {
        if (stored.coordinator() == ShardBench.A.value()) {
          checkAcks(put);
        }
      }
      case PutOutcome.Failed(Failure failure) -> {
        if (!failure.isIndeterminate()) {
          checkNoTrace(put);
        }
      }
    }
  }

  /** A write that is said to be held at W replicas is, and this one is among them. */
  private void checkAcks(PutRequest put) {
    int acked = 1;
    int durable = 1;
    for (Answered answer : answered) {
      if (answer.request() instanceof Message.ReplicaPut sent
          && answer.reply() instanceof Message.ReplicaStored(_, boolean isDurable)
          && holds(sent.state(), put)) {
        acked++;
        durable += isDurable ? 1 : 0;
      }
    }
    var needed = Quorums.write(BucketType.byDefault(), replicas(), put.options());
    assertTrue(bench.engine.has(new Address(0, put.key())), "an ack before the local write");
    assertTrue(acked >= needed.w(), "acked by " + acked + " of " + needed);
    assertTrue(durable >= needed.dw(), "durable at " + durable + " of " + needed);
  }

  /** A write that is said to have had no effect was sent to nobody but those that refused it so. */
  private void checkNoTrace(PutRequest put) {
    int forwarded = 0;
    for (Wire.Sent sent : bench.wire.everSent()) {
      if (sent.request() instanceof Message.ReplicaPut replicaPut) {
        assertTrue(!holds(replicaPut.state(), put), "sent without effect to " + sent.to());
      }
      forwarded += isForward(sent.request(), put) ? 1 : 0;
    }
    long refused =
        answered.stream()
            .filter(answer -> isForward(answer.request(), put) && isRefusal(answer.reply()))
            .count();
    assertEquals(forwarded, refused, "forwarded, and refused without effect");
  }

  private static boolean isForward(Message.Request request, PutRequest put) {
    return request instanceof Message.ForwardedPut forwarded
        && forwarded.put().content().isTwinOf(put.content());
  }

  private static boolean isRefusal(Message.Reply reply) {
    return switch (reply) {
      case Message.Refused(_, Message.Refusal refusal) -> refusal != Message.Refusal.STORAGE_FAILED;
      case Message.ForwardedOutcome(_, PutOutcome.Failed(Failure failure)) ->
          !failure.isIndeterminate();
      default -> false;
    };
  }

  private static boolean holds(VersionSet state, PutRequest put) {
    for (Sibling live : state.siblings()) {
      if (live.content().isTwinOf(put.content())) {
        return true;
      }
    }
    return false;
  }
}
