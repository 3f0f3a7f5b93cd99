package io.cartwheel.core.replica;

import io.cartwheel.core.bucket.BucketType.Limits;
import io.cartwheel.core.version.ConflictPolicy;
import io.cartwheel.core.version.Content;
import io.cartwheel.core.version.Dot;
import io.cartwheel.core.version.Sibling;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import java.util.Optional;

/** What a coordinated write makes of a key's record. */
sealed interface CoordinatedUpdate {
  /** So many times its limit of siblings a key may have when the expired ones are counted too. */
  int WITH_EXPIRED = 10;

  /** The record to store. */
  record Next(StoredRecord record) implements CoordinatedUpdate {}

  /** An earlier attempt at the same request is live here: nothing is left to do. */
  record AlreadyDone() implements CoordinatedUpdate {}

  /** The write covers none of the versions there are, and they are too many or too large. */
  record Full(int siblings, int bytes) implements CoordinatedUpdate {}

  static CoordinatedUpdate of(StoredRecord record, LocalWrite write, DotMint mint, long nowMillis) {
    VersionSet before = record.state();
    if (before.siblings().stream().anyMatch(sibling -> isEarlierAttempt(sibling, write))) {
      return new AlreadyDone();
    }
    if (write.type().policy() == ConflictPolicy.SIBLINGS) {
      Optional<Full> full = refusal(before, write, nowMillis);
      if (full.isPresent()) {
        return full.get();
      }
    }
    Dot dot = mint.next(record.epoch());
    Content content = write.content().writtenAt(writeTime(before, write, nowMillis));
    VersionSet after =
        write.type().policy().resolve(before.update(write.seen(), new Sibling(dot, content)));
    return new Next(
        new StoredRecord(after, Optional.of(dot.epoch()), record.lossMark(), record.owed())
            .owing(write.owed()));
  }

  /** A version that the writer was shown is no attempt at this write, whatever id they share. */
  private static boolean isEarlierAttempt(Sibling sibling, LocalWrite write) {
    return sibling.content().isTwinOf(write.content()) && !write.seen().covers(sibling.dot());
  }

  /**
   * Only a write that covers nothing adds to the pile; whoever covers something clears it up.
   *
   * <p>Clients need not reconcile what has expired, but disks and frames carry it.
   */
  private static Optional<Full> refusal(VersionSet before, LocalWrite write, long nowMillis) {
    List<Sibling> siblings = before.siblings();
    if (siblings.stream().anyMatch(sibling -> write.seen().covers(sibling.dot()))) {
      return Optional.empty();
    }
    Limits limits = write.type().limits();
    long sum = siblings.stream().mapToLong(sibling -> sibling.content().value().length()).sum();
    int bytes = (int) Math.min(sum, Integer.MAX_VALUE);
    boolean tooLarge =
        !siblings.isEmpty() && sum + write.content().value().length() > limits.setBytes();
    boolean tooMany =
        before.unexpiredAt(nowMillis).siblings().size() >= limits.siblings()
            || siblings.size() >= WITH_EXPIRED * limits.siblings();
    return tooMany || tooLarge ? Optional.of(new Full(siblings.size(), bytes)) : Optional.empty();
  }

  /** Where time decides, a write is later than all that its coordinator knows (ADR 0002). */
  private static long writeTime(VersionSet before, LocalWrite write, long nowMillis) {
    return switch (write.type().policy()) {
      case SIBLINGS -> nowMillis;
      case LAST_WRITE_WINS ->
          before.siblings().stream()
              .mapToLong(sibling -> sibling.content().writtenMillis() + 1)
              .reduce(nowMillis, Math::max);
    };
  }
}
