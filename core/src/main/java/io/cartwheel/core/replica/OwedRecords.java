package io.cartwheel.core.replica;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.Clock;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.port.StorageEngine.WriteResult;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes records that are kept for others, or were: each at once with its hint, so that what the
 * engine holds and what the ledger says never part (Dynamo §4.6). After a failure, when nobody
 * knows what the engine holds, the ledger says too much rather than too little.
 */
final class OwedRecords {
  private final StorageEngine engine;
  private final HintLedger ledger;
  private final Clock clock;
  private final Observer observer;

  OwedRecords(StorageEngine engine, HintLedger ledger, Clock clock, Observer observer) {
    this.engine = engine;
    this.ledger = ledger;
    this.clock = clock;
    this.observer = observer;
  }

  /** How it went. */
  sealed interface Result {
    /** The engine holds the record and its hint. */
    record Kept() implements Result {}

    /** It would be kept for others beyond the quota; nothing was done. */
    record NoRoom() implements Result {}

    /** The engine failed; either record may be there. */
    record Failed() implements Result {}
  }

  /** Stores a record, or removes it when nothing is left, together with what it says of debts. */
  void commit(Address address, StoredRecord before, StoredRecord after, Consumer<Result> done) {
    Optional<Bytes> encoded =
        after.equals(StoredRecord.NOTHING) ? Optional.empty() : Optional.of(after.encode());
    int length = encoded.map(Bytes::length).orElse(0);
    // After a start the ledger may not have read yet what the record says.
    boolean more = !after.owed().isEmpty() && before.owed().isEmpty() && !ledger.knows(address);
    if (more && !ledger.hasRoomFor(length)) {
      observer.count(Observer.Event.HINT_REFUSED);
      done.accept(new Result.NoRoom());
      return;
    }
    Optional<Hint> hint =
        after.owed().isEmpty()
            ? Optional.empty()
            : Optional.of(ledger.next(address, length, after.owed(), clock.wallMillis()));
    hint.ifPresent(_ -> ledger.writing(address.partition()));
    engine.commit(
        address,
        encoded,
        hint.map(Hint::encode),
        result -> {
          hint.ifPresent(_ -> ledger.written(address.partition()));
          switch (result) {
            case WriteResult.Written _ -> {
              ledger.note(address, hint);
              count(more, after);
              done.accept(new Result.Kept());
            }
            case WriteResult.Failed _ -> look(address, before.owing(after.owed()), done);
          }
        });
  }

  /**
   * Looks which record the engine holds after a failure, so that nothing is owed there that nobody
   * finds before the next start.
   *
   * @param either what is owed if that can't be seen: a delivery will look again
   */
  private void look(Address address, StoredRecord either, Consumer<Result> done) {
    engine.read(
        address,
        result -> {
          StoredRecord held =
              switch (Loaded.of(result)) {
                case Loaded.Sound(StoredRecord record) -> record;
                case Loaded.Damaged _, Loaded.Failed _ -> either;
              };
          if (!held.owed().isEmpty()) {
            int length = held.encode().length();
            ledger.note(
                address,
                Optional.of(ledger.next(address, length, held.owed(), clock.wallMillis())));
          }
          done.accept(new Result.Failed());
        });
  }

  /**
   * Takes up a hint that a start found in the engine.
   *
   * @return false if it can't be read, so that it must be made anew from the record
   */
  boolean takeUp(Address address, Bytes hint) {
    if (ledger.knows(address)) {
      // What was written since the start is newer than what was found.
      return true;
    }
    try {
      ledger.note(address, Optional.of(Hint.decode(hint)));
      observer.count(Observer.Event.HINT_SURVIVED);
      return true;
    } catch (MalformedException _) {
      observer.count(Observer.Event.STORAGE_FAILED);
      return false;
    }
  }

  private void count(boolean more, StoredRecord kept) {
    if (more) {
      observer.count(Observer.Event.HINT_KEPT);
    }
    if (kept.owed().size() > 1) {
      observer.count(Observer.Event.OWES_SEVERAL);
    }
  }
}
