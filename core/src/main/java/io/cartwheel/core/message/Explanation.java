package io.cartwheel.core.message;

import io.cartwheel.core.membership.FailureDetector.Health;
import io.cartwheel.core.message.KeyReport.Copy;
import io.cartwheel.core.ring.MemberId;
import io.cartwheel.core.ring.PreferenceList;
import io.cartwheel.core.version.VersionVector;
import java.util.List;
import java.util.stream.Stream;

/**
 * What all members say of one key.
 *
 * @param list the key's preference list as the asking member knows it
 * @param statements one for each member of the list, in its order
 */
public record Explanation(PreferenceList list, List<Statement> statements) {

  /**
   * What became of one member's being asked.
   *
   * @param health what the asking member thinks of it afterwards
   */
  public record Statement(MemberId member, Health health, Answer answer) {}

  /** What a member said. */
  public sealed interface Answer {
    /** All that it has of the key. */
    record Reported(KeyReport report) implements Answer {}

    /** Nothing of use. */
    record Missing(Cause cause) implements Answer {}
  }

  /** Why a member's report is missing. */
  public enum Cause {
    /** Its connection broke or can't be made, or it could not be sent anything. */
    FAILED,
    /** It did not answer in time, and is suspected. */
    SUSPECTED,
    /** It did not answer in time, though nothing speaks against it. */
    TIMED_OUT,
    /** It has too much to do. */
    OVERLOADED,
    /** Its engine could not look. */
    STORAGE_FAILED
  }

  public Explanation {
    statements = List.copyOf(statements);
  }

  /** Whether any member answered. */
  public boolean isAnswered() {
    return statements.stream().anyMatch(each -> each.answer() instanceof Answer.Reported);
  }

  /** The members whose report is missing. */
  public List<MemberId> missing() {
    return statements.stream()
        .filter(each -> each.answer() instanceof Answer.Missing)
        .map(Statement::member)
        .toList();
  }

  /**
   * The members whose copies are not what all copies together come to: those that lack something,
   * or can't be read. Of copies that saw the same and yet are not equal, which no merge makes, all
   * differ. A member that is no owner and holds nothing is as it should be.
   */
  public List<MemberId> differing() {
    List<Copy.Held> held =
        statements.stream()
            .flatMap(Explanation::copy)
            .filter(Copy.Held.class::isInstance)
            .map(Copy.Held.class::cast)
            .toList();
    VersionVector everything =
        held.stream().map(Copy.Held::clock).reduce(VersionVector.EMPTY, VersionVector::join);
    boolean oneState =
        held.stream()
                .filter(copy -> copy.clock().equals(everything))
                .map(Copy.Held::hash)
                .distinct()
                .count()
            <= 1;
    return statements.stream()
        .filter(each ->
            copy(each)
                .anyMatch(copy ->
                    switch (copy) {
                      case Copy.Absent _ -> list.isPrimary(each.member()) && !everything.isEmpty();
                      case Copy.Damaged _ -> true;
                      case Copy.Held it -> !oneState || !it.clock().equals(everything);
                    }))
        .map(Statement::member)
        .toList();
  }

  private static Stream<Copy> copy(Statement statement) {
    return switch (statement.answer()) {
      case Answer.Reported(KeyReport report) -> Stream.of(report.copy());
      case Answer.Missing _ -> Stream.empty();
    };
  }
}
