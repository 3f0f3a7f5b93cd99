package io.cartwheel.core.coordination;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.message.Message.Detail;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the replicas said to one read, and what it adds up to.
 *
 * <p>A digest is explained once some replica's full state has it; until then it counts for nothing,
 * because nobody knows what it stands for.
 */
final class ReadReplies {
  private static final Hash128 EMPTY_DIGEST = VersionSet.EMPTY.hash();

  private final Map<MemberId, Answer> answers = new LinkedHashMap<>();
  private final Map<MemberId, MemberId> ownerOf = new LinkedHashMap<>();
  private Optional<MemberId> fastest = Optional.empty();

  private sealed interface Answer {
    record Awaited(Detail detail) implements Answer {}

    record State(VersionSet state, boolean recovering) implements Answer {}

    record Digest(Hash128 digest, boolean recovering) implements Answer {}

    record Failed() implements Answer {}

    record Overloaded() implements Answer {}
  }

  /**
   * For how many owners somebody said what, of those whose answer is understood. An owner and who
   * stands in for it count once.
   *
   * @param found something is held, a tombstone at least
   * @param notFound nothing is held
   * @param primaries the owners among them that answered themselves
   * @param members who answered
   */
  record Tally(int found, int notFound, int primaries, int members) {
    int all() {
      return found + notFound;
    }
  }

  void asked(Target target, Detail detail) {
    ownerOf.put(target.member(), target.owner());
    answers.put(target.member(), new Answer.Awaited(detail));
  }

  /** Whether the member answers for itself. */
  private boolean isOwner(MemberId member) {
    return member.equals(ownerOf.get(member));
  }

  /** The owner that the member was asked for. */
  MemberId ownerOf(MemberId member) {
    return Objects.requireNonNull(ownerOf.get(member));
  }

  void state(MemberId member, VersionSet state, boolean recovering) {
    answer(member, new Answer.State(state, recovering));
  }

  void digest(MemberId member, Hash128 digest, boolean recovering) {
    answer(
        member,
        digest.equals(EMPTY_DIGEST)
            ? new Answer.State(VersionSet.EMPTY, recovering)
            : new Answer.Digest(digest, recovering));
  }

  private void answer(MemberId member, Answer answer) {
    answers.put(member, answer);
    if (fastest.isEmpty()) {
      fastest = Optional.of(member);
    }
  }

  void failed(MemberId member) {
    answers.put(member, new Answer.Failed());
  }

  /** The member has no room for the question. */
  void overloaded(MemberId member) {
    answers.put(member, new Answer.Overloaded());
  }

  /**
   * For how many more owners there might be an answer if all had room, those included that may yet
   * give one; 0 if nobody lacks room whose answer is missed.
   */
  int withMoreRoom() {
    var more = new LinkedHashSet<MemberId>();
    var awaited = new LinkedHashSet<MemberId>();
    var answered = new LinkedHashSet<MemberId>();
    answers.forEach((member, answer) -> {
      switch (answer) {
        case Answer.Overloaded _ -> more.add(ownerOf(member));
        case Answer.Awaited _ -> awaited.add(ownerOf(member));
        case Answer.State _, Answer.Digest _ -> answered.add(ownerOf(member));
        case Answer.Failed _ -> {}
      }
    });
    if (answered.containsAll(more)) {
      return 0;
    }
    more.addAll(awaited);
    more.removeAll(answered);
    return more.size();
  }

  /** The member that answered first. */
  Optional<MemberId> fastest() {
    return fastest;
  }

  int awaited() {
    return awaitedMembers().size();
  }

  List<MemberId> awaitedMembers() {
    var members = new ArrayList<MemberId>();
    answers.forEach((member, answer) -> {
      if (answer instanceof Answer.Awaited) {
        members.add(member);
      }
    });
    return members;
  }

  boolean awaitsState() {
    return answers.containsValue(new Answer.Awaited(Detail.FULL));
  }

  boolean hasState() {
    return answers.values().stream().anyMatch(a -> a instanceof Answer.State);
  }

  /** Those that may still come to count, with those that do: all asked that did not fail. */
  List<Target> standing() {
    var standing = new ArrayList<Target>();
    answers.forEach((member, answer) -> {
      if (!(answer instanceof Answer.Failed || answer instanceof Answer.Overloaded)) {
        standing.add(new Target(member, ownerOf(member)));
      }
    });
    return standing;
  }

  /** Members whose digest no full state explains. */
  List<MemberId> unexplained() {
    var members = new ArrayList<MemberId>();
    answers.forEach((member, answer) -> {
      if (answer instanceof Answer.Digest(Hash128 digest, _) && !isExplained(digest)) {
        members.add(member);
      }
    });
    return members;
  }

  private boolean isExplained(Hash128 digest) {
    return answers.values().stream()
        .anyMatch(a -> a instanceof Answer.State(var state, _) && state.hash().equals(digest));
  }

  /**
   * Counts the answers that are understood.
   *
   * @param withRecovering whether replicas count that may have lost data
   */
  Tally tally(boolean withRecovering) {
    var found = new LinkedHashSet<MemberId>();
    var notFound = new LinkedHashSet<MemberId>();
    int primaries = 0;
    int members = 0;
    for (Map.Entry<MemberId, Answer> each : answers.entrySet()) {
      Optional<Boolean> holds = holds(each.getValue(), withRecovering);
      if (holds.isPresent()) {
        (holds.get() ? found : notFound).add(ownerOf(each.getKey()));
        primaries += isOwner(each.getKey()) ? 1 : 0;
        members++;
      }
    }
    notFound.removeAll(found);
    return new Tally(found.size(), notFound.size(), primaries, members);
  }

  /** Whether an answer says that something is held; empty: it does not count. */
  private Optional<Boolean> holds(Answer answer, boolean withRecovering) {
    return switch (answer) {
      case Answer.State(VersionSet state, boolean recovering) ->
          withRecovering || !recovering ? Optional.of(!state.isEmpty()) : Optional.empty();
      case Answer.Digest(Hash128 digest, boolean recovering) ->
          (withRecovering || !recovering) && isExplained(digest)
              ? Optional.of(true)
              : Optional.empty();
      case Answer.Awaited _, Answer.Failed _, Answer.Overloaded _ -> Optional.empty();
    };
  }

  /** All that the answers hold together. */
  VersionSet merged() {
    VersionSet merged = VersionSet.EMPTY;
    for (Answer answer : answers.values()) {
      if (answer instanceof Answer.State(VersionSet state, _)) {
        merged = merged.merge(state);
      }
    }
    return merged;
  }

  /** Whether a stand-in told something that no owner did. */
  boolean owesToStandIns() {
    if (answers.keySet().stream().allMatch(this::isOwner)) {
      return false;
    }
    VersionSet owners = VersionSet.EMPTY;
    for (Map.Entry<MemberId, Answer> each : answers.entrySet()) {
      if (isOwner(each.getKey()) && each.getValue() instanceof Answer.State(VersionSet state, _)) {
        owners = owners.merge(state);
      }
    }
    return !owners.equals(merged());
  }

  /** Owners whose answer differs from the whole: each lacks something of it. */
  List<MemberId> lacking(VersionSet whole) {
    var members = new ArrayList<MemberId>();
    answers.forEach((member, answer) -> {
      boolean lacks =
          isOwner(member)
              && switch (answer) {
                case Answer.State(VersionSet state, _) -> !state.equals(whole);
                case Answer.Digest(Hash128 digest, _) -> !digest.equals(whole.hash());
                case Answer.Awaited _, Answer.Failed _, Answer.Overloaded _ -> false;
              };
      if (lacks) {
        members.add(member);
      }
    });
    return members;
  }
}
