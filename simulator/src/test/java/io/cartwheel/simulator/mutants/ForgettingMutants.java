package io.cartwheel.simulator.mutants;

import java.util.List;
import java.util.stream.Stream;

/** The deliberate bugs of barriers and of forgetting. */
final class ForgettingMutants {
  private static final String CORE = "io.cartwheel.core.";

  private ForgettingMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
        Mutant.of(
                "what was confirmed is forgotten without any further barrier",
                CORE + "membership.BarrierView",
                "return reachedByAll() >= from + 1 ? Optional.of(from) : Optional.empty();",
                "return reachedByAll() > 0 ? Optional.of(reachedByAll() - 1) : Optional.empty();")
            .under(9),
        new Mutant(
                "what is held for others does not count",
                CORE + "membership.BarrierView",
                List.of(
                    new Mutant.Patch(
                        "Math.max(confirmed + 2, self.foreign().lastHeld(partition) + 1)",
                        "confirmed + 2"),
                    new Mutant.Patch("each.foreign().lastHeld(partition) + 1", "from")))
            .under(80, "ONE_WAY_CUT", "LOSS"),
        Mutant.of(
                "outdated work is taken",
                CORE + "membership.Stamps",
                "return stamp < reached - 1;",
                "return false;")
            .under(3, "DUPLICATION"),
        new Mutant(
            "a key is forgotten that has changed since it was confirmed",
            CORE + "replica.Forgetter",
            List.of(
                new Mutant.Patch(
                    "VersionSet remains = forgetting.apply(record.state());",
                    "VersionSet remains = VersionSet.EMPTY;"),
                new Mutant.Patch(
                    "if (!same || record.isRecovering()", "if (record.isRecovering()"))),
        Mutant.of(
                "an older copy of a directory is taken for the latest",
                CORE + "forgetting.Barriers",
                "forgotten -> setAside(told, forgotten)",
                "_ -> setAside(told, new java.util.TreeSet<>())")
            .under(22, "OLD_DISK"));
  }
}
