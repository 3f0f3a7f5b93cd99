package io.cartwheel.core.coordination;

import io.cartwheel.core.membership.FailureDetector;
import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.overload.HedgeBudget;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * A shard's open questions: numbers them, sends them, and gives each answer to whoever asked.
 *
 * <p>Questions to this member itself go to its own replica without the network, and may be answered
 * within the call. What members answer, and how soon, decides whom the shard counts on.
 */
public final class Inquiries implements Transport.Listener {
  private static final int HEARTBEAT_TIMEOUT_MILLIS = 2_000;

  private final MemberId self;
  private final Transport transport;
  private final Clock clock;
  private final LocalService local;
  private final Map<Long, Question> open = new LinkedHashMap<>();
  private final Map<MemberId, List<Inquiry>> dialling = new LinkedHashMap<>();
  private final ReplyTimes replyTimes = new ReplyTimes();
  private final LatencyWindow readTimes = new LatencyWindow();
  private final LatencyWindow writeTimes = new LatencyWindow();
  private final LatencyWindow forwardTimes = new LatencyWindow();
  private final FailureDetector detector = new FailureDetector();
  private final Pressure pressure = new Pressure();
  private final HedgeBudget hedges = new HedgeBudget();
  private boolean slow;
  private long lastId;

  /** This member's own answer to a request, as it would answer another's. */
  public interface LocalService {
    void serve(Message.Request request, Consumer<Message.Reply> reply);
  }

  private record Question(
      MemberId member, Inquiry asker, Optional<LatencyWindow> times, long askedNanos) {}

  public Inquiries(MemberId self, Transport transport, Clock clock, LocalService local) {
    this.self = self;
    this.transport = transport;
    this.clock = clock;
    this.local = local;
  }

  public int openCount() {
    return open.size();
  }

  MemberId self() {
    return self;
  }

  /**
   * Asks a member.
   *
   * @param request made with the number it is given
   * @return the number, for {@link #forget}
   */
  public long ask(MemberId member, Inquiry asker, LongFunction<Message.Request> request) {
    long id = ++lastId;
    Message.Request asked = request.apply(id);
    long now = clock.nanos();
    open.put(id, new Question(member, asker, timesOf(asked), now));
    pressure.asked(member, now);
    hedges.earn();
    send(member, asked);
    return id;
  }

  private Optional<LatencyWindow> timesOf(Message.Request request) {
    return switch (request) {
      case Message.ReplicaGet _ -> Optional.of(readTimes);
      case Message.ReplicaPut _ -> Optional.of(writeTimes);
      case Message.ForwardedPut _ -> Optional.of(forwardTimes);
      case Message.Heartbeat _ -> Optional.empty();
    };
  }

  /** Tells a member something whose answer nobody waits for. */
  void tell(MemberId member, LongFunction<Message.Request> request) {
    send(member, request.apply(++lastId));
  }

  /** Asks for a sign of life, and no more: that it comes is all there is to it. */
  void askForLife(MemberId member) {
    tell(member, id -> new Message.Heartbeat(id, HEARTBEAT_TIMEOUT_MILLIS));
  }

  private void send(MemberId member, Message.Request request) {
    if (member.equals(self)) {
      local.serve(request, reply -> replied(self, reply));
    } else {
      transport.send(member, request);
    }
  }

  /** Drops a question: its answer, if it comes, is nobody's. */
  public void forget(long id) {
    Question forgotten = open.remove(id);
    if (forgotten != null) {
      pressure.dropped(forgotten.member());
    }
  }

  /**
   * Whether another member answers, but so much is asked of it already that more would wait for
   * longer than so.
   */
  boolean isFull(MemberId member, long delayNanos) {
    return isHealthy(member) && pressure.isFull(member, delayNanos, clock.nanos());
  }

  /**
   * Whether somebody else may be asked because a member has not answered what it was asked then. A
   * silent one may be gone; one that answers other questions is just busy, and asking others in its
   * place spreads that: it is done for few.
   */
  boolean mayHedge(MemberId member, long askedNanos) {
    return !member.equals(self) && !detector.answeredSince(member, askedNanos) || hedges.spend();
  }

  /** Notes that a member has not answered for so long: others are asked before it from now on. */
  void noteSilence(MemberId member, long forNanos) {
    replyTimes.replied(member, forNanos);
  }

  /** After so long a replica's answer to a read is late (Dynamo's p99, see LatencyWindow). */
  long readHedgeNanos() {
    return readTimes.hedgeNanos(clock.nanos());
  }

  /** After so long a replica's answer to a write is late. */
  long writeHedgeNanos() {
    return writeTimes.hedgeNanos(clock.nanos());
  }

  /** After so long a coordinator's answer to a forwarded write is late. */
  long forwardHedgeNanos() {
    return forwardTimes.hedgeNanos(clock.nanos());
  }

  /** What this shard thinks of the members, itself left out. */
  public FailureDetector detector() {
    return detector;
  }

  public Health healthOf(MemberId member) {
    return member.equals(self) ? Health.HEALTHY : detector.healthOf(member, clock.nanos());
  }

  boolean isHealthy(MemberId member) {
    return healthOf(member) == Health.HEALTHY;
  }

  boolean isSuspect(MemberId member) {
    return healthOf(member) == Health.SUSPECT;
  }

  /** Whether this shard finds itself slow of late: then others had better coordinate. */
  public boolean isSlow() {
    return slow;
  }

  void slow(boolean now) {
    slow = now;
  }

  boolean isConnected(MemberId member) {
    return member.equals(self) || transport.isConnected(member);
  }

  /** Dials; the inquiry hears {@link Inquiry#failed} if that fails. */
  void dial(MemberId member, Inquiry inquiry) {
    dialling.computeIfAbsent(member, _ -> new ArrayList<>()).add(inquiry);
    transport.dial(member);
  }

  /**
   * The members as they are best asked: this one unless it is slow, then those that answer by their
   * reply times, then those not tried yet, then the suspects.
   */
  List<MemberId> byReadiness(List<MemberId> members) {
    return members.stream()
        .sorted(
            Comparator.comparing((MemberId member) -> !member.equals(self) || slow)
                .thenComparing(this::healthOf)
                .thenComparing(member -> member.equals(self) ? slow : detector.saysItIsSlow(member))
                .thenComparingLong(replyTimes::expectedNanos))
        .toList();
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    long now = clock.nanos();
    if (!from.equals(self)) {
      detector.answered(from, now);
    }
    if (reply instanceof Message.Alive(_, boolean saysSlow)) {
      detector.said(from, saysSlow);
      return;
    }
    Question question = open.get(reply.id());
    // Late and repeated replies are to be expected; a reply from somebody else is none.
    if (question == null || !question.member().equals(from)) {
      return;
    }
    open.remove(reply.id());
    long took = now - question.askedNanos();
    pressure.answered(from, reply, question.askedNanos(), now);
    question
        .times()
        .filter(_ -> Pressure.isWork(reply))
        .ifPresent(times -> {
          replyTimes.replied(from, took);
          times.add(took, now);
        });
    question.asker().replied(from, reply);
  }

  @Override
  public void connected(MemberId member) {
    detector.connected(member, clock.nanos());
    List<Inquiry> waiting = dialling.remove(member);
    if (waiting != null) {
      waiting.forEach(inquiry -> inquiry.reached(member));
    }
  }

  @Override
  public void lost(MemberId member) {
    detector.lost(member);
    var concerned = new ArrayList<Inquiry>();
    open.values()
        .removeIf(question -> {
          boolean unanswerable = question.member().equals(member);
          if (unanswerable) {
            pressure.dropped(member);
            concerned.add(question.asker());
          }
          return unanswerable;
        });
    List<Inquiry> waiting = dialling.remove(member);
    if (waiting != null) {
      concerned.addAll(waiting);
    }
    concerned.forEach(inquiry -> inquiry.failed(member));
  }

  @Override
  public void unsent(MemberId member, long requestId) {
    Question question = open.remove(requestId);
    if (question != null) {
      pressure.dropped(question.member());
      question.asker().failed(member);
    }
  }
}
