package io.cartwheel.core.replica;

import io.cartwheel.core.item.MalformedException;
import io.cartwheel.core.port.StorageEngine.ReadResult;

/** What a read of the engine comes to. */
sealed interface Loaded {
  record Sound(StoredRecord record) implements Loaded {}

  record Damaged() implements Loaded {}

  record Failed() implements Loaded {}

  static Loaded of(ReadResult result) {
    return switch (result) {
      case ReadResult.Absent _ -> new Sound(StoredRecord.NOTHING);
      case ReadResult.Damaged _ -> new Damaged();
      case ReadResult.Failed _ -> new Failed();
      case ReadResult.Found(var encoded) -> {
        try {
          yield new Sound(StoredRecord.decode(encoded));
        } catch (MalformedException _) {
          yield new Damaged();
        }
      }
    };
  }
}
