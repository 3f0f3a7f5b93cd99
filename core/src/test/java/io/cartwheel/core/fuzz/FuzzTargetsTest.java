package io.cartwheel.core.fuzz;

import io.cartwheel.core.fixture.Drawn;
import io.cartwheel.core.fixture.HostileBytes;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.core.replica.StoredRecord;
import io.cartwheel.core.version.CausalContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The targets on some thousand damaged inputs, the same in every build. */
class FuzzTargetsTest {
  private static final int CASES = 5_000;

  @Test
  void contextsOfStrangersAreTakenOrRefused() {
    HostileBytes.forEach(
        CASES,
        random ->
            new CausalContext(CausalContext.Kind.CONTEXT, 4, Drawn.vector(random))
                .encode(ContextFuzz.BINDING),
        hostile -> ContextFuzz.fuzzerTestOneInput(hostile.toArray()));
  }

  @Test
  void recordsOfDamagedDisksAreTakenOrRefused() {
    HostileBytes.forEach(
        CASES,
        random -> {
          var epoch = Optional.of(Drawn.dot(random).epoch());
          Bytes whole =
              new StoredRecord(Drawn.state(random), epoch, random.nextInt(2), Drawn.members(random))
                  .encode();
          return random.nextBoolean() ? whole : whole.slice(5, whole.length());
        },
        hostile -> RecordFuzz.fuzzerTestOneInput(hostile.toArray()));
  }
}
