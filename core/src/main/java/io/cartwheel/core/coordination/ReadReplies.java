package io.cartwheel.core.coordination;

import io.cartwheel.core.item.Hash128;
import io.cartwheel.core.message.Message.Detail;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.version.VersionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private Optional<MemberId> fastest = Optional.empty();

  private sealed interface Answer {
    record Awaited(Detail detail) implements Answer {}

    record State(VersionSet state, boolean recovering) implements Answer {}

    record Digest(Hash128 digest, boolean recovering) implements Answer {}

    record Failed() implements Answer {}
  }

  /**
   * How many replicas said what, of those whose answer is understood.
   *
   * @param found hold something, a tombstone included
   * @param notFound hold nothing
   */
  record Tally(int found, int notFound) {
    int all() {
      return found + notFound;
    }
  }

  void asked(MemberId member, Detail detail) {
    answers.put(member, new Answer.Awaited(detail));
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

  /** How many may still come to count: all asked but those that failed. */
  int standing() {
    return (int) answers.values().stream().filter(a -> !(a instanceof Answer.Failed)).count();
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
    int found = 0;
    int notFound = 0;
    for (Answer answer : answers.values()) {
      switch (answer) {
        case Answer.State(VersionSet state, boolean recovering) -> {
          if (withRecovering || !recovering) {
            found += state.isEmpty() ? 0 : 1;
            notFound += state.isEmpty() ? 1 : 0;
          }
        }
        case Answer.Digest(Hash128 digest, boolean recovering) -> {
          if ((withRecovering || !recovering) && isExplained(digest)) {
            found++;
          }
        }
        case Answer.Awaited _, Answer.Failed _ -> {}
      }
    }
    return new Tally(found, notFound);
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

  /** Members whose answer differs from the whole: each lacks something of it. */
  List<MemberId> lacking(VersionSet whole) {
    var members = new ArrayList<MemberId>();
    answers.forEach((member, answer) -> {
      boolean lacks =
          switch (answer) {
            case Answer.State(VersionSet state, _) -> !state.equals(whole);
            case Answer.Digest(Hash128 digest, _) -> !digest.equals(whole.hash());
            case Answer.Awaited _, Answer.Failed _ -> false;
          };
      if (lacks) {
        members.add(member);
      }
    });
    return members;
  }
}
