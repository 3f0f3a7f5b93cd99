package io.cartwheel.core.coordination;

import io.cartwheel.core.membership.Stamps;
import io.cartwheel.core.message.Message;
import io.cartwheel.core.overload.LatencyWindow;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
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
 * within the call. What members answer, and how soon, tells {@link Readiness}, {@link Hedging} and
 * {@link Pressure} what may be expected of them.
 */
public final class Inquiries implements Transport.Listener {
  private static final int HEARTBEAT_TIMEOUT_MILLIS = 2_000;

  private final MemberId self;
  private final Transport transport;
  private final Clock clock;
  private final LocalService local;
  private final Stamps stamps;
  private final Map<Long, Question> open = new LinkedHashMap<>();
  private final Map<MemberId, List<Inquiry>> dialling = new LinkedHashMap<>();
  private final Readiness readiness;
  private final Hedging hedging;
  private final Pressure pressure = new Pressure();
  private long lastId;

  /** This member's own answer to a request, as it would answer another's. */
  public interface LocalService {
    void serve(Message.Request request, Consumer<Message.Reply> reply);
  }

  private record Question(
      MemberId member, Inquiry asker, Optional<LatencyWindow> times, long askedNanos) {}

  public Inquiries(
      MemberId self, Transport transport, Clock clock, Stamps stamps, LocalService local) {
    this.stamps = stamps;
    this.self = self;
    this.transport = transport;
    this.clock = clock;
    this.local = local;
    readiness = new Readiness(self, clock);
    hedging = new Hedging(readiness, clock);
  }

  /** Whom this shard counts on, by what was answered here. */
  public Readiness readiness() {
    return readiness;
  }

  /** When others are asked too, by how soon was answered here. */
  Hedging hedging() {
    return hedging;
  }

  Stamps stamps() {
    return stamps;
  }

  public int openCount() {
    return open.size();
  }

  public MemberId self() {
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
    open.put(id, new Question(member, asker, hedging.timesOf(asked), now));
    pressure.asked(member, now);
    hedging.asked();
    send(member, asked);
    return id;
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
    return readiness.isHealthy(member) && pressure.isFull(member, delayNanos, clock.nanos());
  }

  boolean isConnected(MemberId member) {
    return member.equals(self) || transport.isConnected(member);
  }

  /** Dials; the inquiry hears {@link Inquiry#failed} if that fails. */
  void dial(MemberId member, Inquiry inquiry) {
    dialling.computeIfAbsent(member, _ -> new ArrayList<>()).add(inquiry);
    transport.dial(member);
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    long now = clock.nanos();
    readiness.answered(from);
    if (reply instanceof Message.Alive(_, boolean saysSlow)) {
      readiness.detector().said(from, saysSlow);
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
          readiness.took(from, took);
          times.add(took, now);
        });
    question.asker().replied(from, inTime(reply));
  }

  /** A member that is so far behind may hold what all others have forgotten. */
  private Message.Reply inTime(Message.Reply reply) {
    return reply instanceof Message.Stamped stamped && stamps.isOutdated(stamped.stamp())
        ? new Message.Refused(reply.id(), Message.Refusal.OUTDATED)
        : reply;
  }

  @Override
  public void connected(MemberId member) {
    readiness.detector().connected(member, clock.nanos());
    List<Inquiry> waiting = dialling.remove(member);
    if (waiting != null) {
      waiting.forEach(inquiry -> inquiry.reached(member));
    }
  }

  @Override
  public void lost(MemberId member) {
    readiness.detector().lost(member);
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
