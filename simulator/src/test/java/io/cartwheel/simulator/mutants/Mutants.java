package io.cartwheel.simulator.mutants;

import java.util.List;
import java.util.stream.Stream;

/** The deliberate bugs. */
final class Mutants {
  private static final String CORE = "io.cartwheel.core.";

  private Mutants() {}

  static Stream<Mutant> all() {
    return Stream.concat(usual(), ForgettingMutants.all());
  }

  private static Stream<Mutant> usual() {
    return Stream.of(
        Mutant.of(
            "a merge drops a sibling",
            CORE + "version.VersionSet",
            "if (!other.clock.covers(sibling.dot()) || other.holds(sibling.dot()))",
            "if (!other.clock.covers(sibling.dot()))"),
        Mutant.of(
            "an epoch is continued after an unclean restart",
            CORE + "replica.CoordinatedUpdate",
            "mint.next(record.epoch())",
            """
            record.epoch()
                .map(epoch -> new Dot(
                    epoch,
                    before.clock().entries().stream()
                        .filter(entry -> entry.epoch().equals(epoch))
                        .mapToLong(Dot::counter).max().orElse(0) + 1))
                .orElseGet(() -> mint.next(record.epoch()))
            """),
        new Mutant(
            "an epoch is continued after the key's record was lost",
            CORE + "replica.Replica",
            List.of(
                new Mutant.Patch(
                    "CoordinatedUpdate.of(record, write, mint, clock.wallMillis())",
                    "CoordinatedUpdate.of("
                        + "remembered(address, record), write, mint, clock.wallMillis())"),
                new Mutant.Patch(
                    "  /** Runs a read-merge-write",
                    """
                      private final java.util.Map<Address, io.cartwheel.core.version.Epoch> epochs =
                          new java.util.LinkedHashMap<>();

                      private StoredRecord remembered(Address address, StoredRecord record) {
                        if (record.epoch().isPresent()) {
                          epochs.put(address, record.epoch().get());
                        }
                        return new StoredRecord(
                            record.state(),
                            java.util.Optional.ofNullable(epochs.get(address)),
                            record.lossMark(),
                            record.owed());
                      }

                      /** Runs a read-merge-write\
                    """))),
        new Mutant(
            "a write is acknowledged before it is on the coordinator's disk",
            CORE + "replica.Replica",
            List.of(
                new Mutant.Patch(
                    """
                                  changed(address, before, after);
                                  end.accept(held(after));
                                }
                                case WriteResult.Failed _ -> failWrite(address, end);
                    """,
                    """
                                  changed(address, before, after);
                                }
                                case WriteResult.Failed _ -> mint.endEpochs();
                    """),
                new Mutant.Patch(
                    """
                        engine.write(
                            address,
                            after.encode(),
                    """,
                    """
                        end.accept(held(after));
                        engine.write(
                            address,
                            after.encode(),
                    """))),
        Mutant.of(
            "the turns of a key are not queued",
            CORE + "replica.KeyQueue",
            "if (line == null) {",
            "if (line == null || !line.isEmpty() || line.isEmpty()) {"),
        Mutant.of(
            "a context is ignored",
            CORE + "replica.CoordinatedUpdate",
            "before.update(write.seen(),",
            "before.update(io.cartwheel.core.version.VersionVector.EMPTY,"),
        Mutant.of(
            "a hint is dropped before its owner has it",
            CORE + "handoff.HintDelivery",
            "long asked =",
            "settle(); long asked ="),
        Mutant.of(
            "a stand-in acknowledges before it is on its disk",
            CORE + "replica.ReplicaService",
            "List<MemberId> owed = put.owed()",
            """
            if (!put.owed().isEmpty()) {
              reply.accept(new Message.ReplicaStored(put.id(), true));
            }
            List<MemberId> owed = put.owed()
            """),
        Mutant.of(
            "a read skips stand-ins",
            CORE + "coordination.ReadTargets",
            "if (sloppy) {",
            "if (!sloppy) {"),
        Mutant.of(
                "an owner and its stand-in count twice",
                CORE + "coordination.Slots",
                "return anyStandIn ? matchedWith(Collections.emptyMap()) : held.size();",
                "return held.size();")
            .under(24, "PAUSE", "SLOW_NODE", "CLOG"),
        new Mutant(
                "an epoch is continued after its hint was handed over",
                CORE + "replica.Replica",
                List.of(
                    new Mutant.Patch(
                        "commit(address, record, StoredRecord.NOTHING, counted);",
                        """
                        record.epoch().ifPresent(epoch -> handedOver.put(address, epoch));
                        commit(address, record, StoredRecord.NOTHING, counted);
                        """),
                    new Mutant.Patch(
                        "CoordinatedUpdate.of(record, write, mint, clock.wallMillis())",
                        "CoordinatedUpdate.of("
                            + "remembered(address, record), write, mint, clock.wallMillis())"),
                    new Mutant.Patch(
                        "  /** Runs a read-merge-write",
                        """
                          private final java.util.Map<Address, io.cartwheel.core.version.Epoch>
                              handedOver = new java.util.LinkedHashMap<>();

                          private StoredRecord remembered(Address address, StoredRecord record) {
                            return new StoredRecord(
                                record.state(),
                                record.epoch()
                                    .or(() -> java.util.Optional.ofNullable(handedOver.get(address))),
                                record.lossMark(),
                                record.owed());
                          }

                          /** Runs a read-merge-write\
                        """)))
            .under(24, "LAST_ONE_STANDING", "LOSS", "DELAY"),
        Mutant.of(
            "a write drops what has expired by its coordinator's clock",
            CORE + "replica.CoordinatedUpdate",
            "VersionSet before = record.state();",
            "VersionSet before = record.state().unexpiredAt(nowMillis);"),
        Mutant.of(
            "a read shows what has expired",
            CORE + "coordination.GetCoordination",
            "resolved.unexpiredAt(around.clock().wallMillis())",
            "resolved"),
        Mutant.of(
            "a write is carried out after its deadline",
            CORE + "replica.Turns",
            "boolean expired = clock.nanos() >= deadlineNanos;",
            "boolean expired = false;"),
        Mutant.of(
            "replicas that differ are left as they are",
            CORE + "antientropy.KeyRepair",
            "if (areEqual(ours, theirs)) {",
            "if (areEqual(ours, theirs) || !ours.isEmpty() || !theirs.isEmpty()) {"),
        Mutant.of(
                "a comparison skips tombstones",
                CORE + "antientropy.KeyRepair",
                "if (areEqual(ours, theirs)) {",
                "if (areEqual(ours, theirs) || ours.merge(theirs).values().isEmpty()) {")
            .under(10, "OLD_DISK"),
        Mutant.of(
                "trees are used after an unclean stop",
                "io.cartwheel.simulator.SimNode",
                "    savedTrees = new TreeMap<>();\n    shards",
                "    shards")
            .under(1, "CLEAN_STOP", "KILL"),
        Mutant.of(
                "trees are saved beside a write under way",
                CORE + "antientropy.AntiEntropy",
                "replica.keysBusy() == 0 ? trees.save(mark) : new TreeMap<>()",
                "trees.save(mark)")
            .under(1, "CLEAN_STOP", "SLOW_DISK"),
        new Mutant(
            "a tree hears of a write before the engine holds it",
            CORE + "replica.Replica",
            List.of(
                new Mutant.Patch(
                    "Kept _ -> {\n" + "              changed(address, before, after);",
                    "Kept _ -> {"),
                new Mutant.Patch(
                    "    owed.commit(",
                    """
                        changed(address, before, after);
                        owed.commit(\
                    """))),
        Mutant.of(
            "a read deletes what has expired by its coordinator's clock",
            CORE + "coordination.ReadRepair",
            "VersionSet whole = replies.merged();",
            "VersionSet whole = replies.merged().unexpiredAt(around.clock().wallMillis());"),
        new Mutant(
            "a merge lets what was superseded live beside a tombstone",
            CORE + "version.VersionSet",
            List.of(
                new Mutant.Patch(
                    "if (!other.clock.covers(sibling.dot()) || other.holds(sibling.dot()))",
                    """
                    if (!other.clock.covers(sibling.dot())
                        || other.holds(sibling.dot())
                        || other.values().isEmpty())\
                    """))));
  }
}
