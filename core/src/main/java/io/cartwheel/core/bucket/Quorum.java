package io.cartwheel.core.bucket;

import java.util.Locale;
import java.util.Optional;

/**
 * How many replicas a request asks for: a number, or a word that follows N.
 *
 * <p>Words follow N = min(n, length of the partition's list), so that quorums grow with the
 * cluster; numbers do not.
 */
public sealed interface Quorum {
  Quorum ONE = new Symbolic(Word.ONE);
  Quorum QUORUM = new Symbolic(Word.QUORUM);
  Quorum ALL = new Symbolic(Word.ALL);
  Quorum DEFAULT = new Symbolic(Word.DEFAULT);
  Quorum NONE = new Exactly(0);

  /** The largest number taken; more replicas than this is a mistake. */
  int MAX = 127;

  /**
   * The number asked for among {@code owners} replicas.
   *
   * @param owners N, at least 1
   * @param byDefault what {@code default} stands for; itself not {@code default}
   */
  int among(int owners, Quorum byDefault);

  /** So many replicas, whatever N is. */
  record Exactly(int count) implements Quorum {
    public Exactly {
      if (count < 0 || count > MAX) {
        throw new IllegalArgumentException("quorum " + count);
      }
    }

    @Override
    public int among(int owners, Quorum byDefault) {
      return count;
    }
  }

  /** A word that follows N. */
  record Symbolic(Word word) implements Quorum {
    @Override
    public int among(int owners, Quorum byDefault) {
      return switch (word) {
        case ONE -> 1;
        case QUORUM -> owners / 2 + 1;
        case ALL -> owners;
        case DEFAULT -> byDefault.among(owners, QUORUM);
      };
    }
  }

  /** The words of Riak's API. */
  enum Word {
    ONE,
    QUORUM,
    ALL,
    DEFAULT
  }

  /** Reads {@code one|quorum|all|default} or a number; empty when it is neither. */
  static Optional<Quorum> parse(String text) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    for (Word known : Word.values()) {
      if (known.name().equals(word)) {
        return Optional.of(new Symbolic(known));
      }
    }
    if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > MAX) {
      return Optional.empty();
    }
    return Optional.of(new Exactly(Integer.parseInt(text)));
  }
}
