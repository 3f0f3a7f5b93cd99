package io.cartwheel.core.replica;

import io.cartwheel.core.message.Message.Forgettable;
import io.cartwheel.core.port.Observer;
import io.cartwheel.core.port.StorageEngine.Address;
import io.cartwheel.core.version.VersionSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Forgets what is proven to be nowhere else, key by key. */
public final class Forgetter {
  private final Replica replica;

  public Forgetter(Replica replica) {
    this.replica = replica;
  }

  /**
   * Forgets of a key what nobody can miss, which is proven to be nowhere else (ADR 15). Nothing
   * changes if the key has changed since that was confirmed.
   *
   * @param confirmed the state that all primaries confirmed, and what was to remain of it
   * @param forgetting what remains of a state now
   */
  public void forget(
      Address address,
      Forgettable confirmed,
      UnaryOperator<VersionSet> forgetting,
      Consumer<ReplicaOutcome> done) {
    replica.inTurn(
        address,
        Turns.NEVER,
        done,
        (record, end) -> {
          VersionSet remains = forgetting.apply(record.state());
          boolean same =
              record.state().hash().equals(confirmed.state())
                  && remains.hash().equals(confirmed.remains());
          if (!same || record.isRecovering() || !record.owed().isEmpty()) {
            end.accept(Replica.held(record));
            return;
          }
          // No epoch may claim any more to have seen what is forgotten here.
          var left = new StoredRecord(remains, Optional.empty(), 0, List.of());
          replica.commit(address, record, left, replica.counting(Observer.Event.FORGOTTEN, end));
        });
  }
}
