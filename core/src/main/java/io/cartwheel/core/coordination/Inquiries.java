package io.cartwheel.core.coordination;

import io.cartwheel.core.message.Message;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Transport;
import io.cartwheel.core.ring.MemberId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * A shard's open questions: numbers them, sends them, and gives each answer to whoever asked.
 *
 * <p>Questions to this member itself go to its own replica without the network, and may be answered
 * within the call.
 */
public final class Inquiries implements Transport.Listener {
  private final MemberId self;
  private final Transport transport;
  private final Clock clock;
  private final LocalService local;
  private final Map<Long, Question> open = new LinkedHashMap<>();
  private final Map<MemberId, List<Inquiry>> dialling = new LinkedHashMap<>();
  private final ReplyTimes replyTimes = new ReplyTimes();
  private long lastId;

  /** This member's own answer to a request, as it would answer another's. */
  public interface LocalService {
    void serve(Message.Request request, Consumer<Message.Reply> reply);
  }

  private record Question(MemberId member, Inquiry asker, long askedNanos) {}

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
  long ask(MemberId member, Inquiry asker, LongFunction<Message.Request> request) {
    long id = ++lastId;
    open.put(id, new Question(member, asker, clock.nanos()));
    send(member, request.apply(id));
    return id;
  }

  /** Tells a member something whose answer nobody waits for. */
  void tell(MemberId member, LongFunction<Message.Request> request) {
    send(member, request.apply(++lastId));
  }

  private void send(MemberId member, Message.Request request) {
    if (member.equals(self)) {
      local.serve(request, reply -> replied(self, reply));
    } else {
      transport.send(member, request);
    }
  }

  /** Drops a question: its answer, if it comes, is nobody's. */
  void forget(long id) {
    open.remove(id);
  }

  /** Notes that a member has not answered for so long: others are asked before it from now on. */
  void noteSilence(MemberId member, long forNanos) {
    replyTimes.replied(member, forNanos);
  }

  boolean isConnected(MemberId member) {
    return member.equals(self) || transport.isConnected(member);
  }

  /** Dials; the inquiry hears {@link Inquiry#failed} if that fails. */
  void dial(MemberId member, Inquiry inquiry) {
    dialling.computeIfAbsent(member, _ -> new ArrayList<>()).add(inquiry);
    transport.dial(member);
  }

  /** The members as they are best asked: this one, then the connected by their reply times. */
  List<MemberId> byReadiness(List<MemberId> members) {
    return members.stream()
        .sorted(
            Comparator.comparing((MemberId member) -> !member.equals(self))
                .thenComparing(member -> !isConnected(member))
                .thenComparingLong(replyTimes::expectedNanos))
        .toList();
  }

  @Override
  public void replied(MemberId from, Message.Reply reply) {
    Question question = open.get(reply.id());
    // Late and repeated replies are to be expected; a reply from somebody else is none.
    if (question == null || !question.member().equals(from)) {
      return;
    }
    open.remove(reply.id());
    replyTimes.replied(from, clock.nanos() - question.askedNanos());
    question.asker().replied(from, reply);
  }

  @Override
  public void connected(MemberId member) {
    List<Inquiry> waiting = dialling.remove(member);
    if (waiting != null) {
      waiting.forEach(inquiry -> inquiry.reached(member));
    }
  }

  @Override
  public void lost(MemberId member) {
    var concerned = new ArrayList<Inquiry>();
    open.values()
        .removeIf(question -> {
          boolean unanswerable = question.member().equals(member);
          if (unanswerable) {
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
      question.asker().failed(member);
    }
  }
}
