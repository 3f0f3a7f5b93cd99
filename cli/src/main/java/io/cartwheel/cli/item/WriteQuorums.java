package io.cartwheel.cli.item;

import io.cartwheel.cli.http.Target;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many replicas a write asks for; what is not said is the bucket type's. */
final class WriteQuorums {
  @Option(
      names = "-w",
      paramLabel = "N",
      order = 60,
      converter = QuorumWord.class,
      description =
          "Replicas that must take the write: a number, one, quorum or all (default: the bucket"
              + " type's w).")
  private Optional<String> w = Optional.empty();

  @Option(
      names = "--dw",
      paramLabel = "N",
      order = 61,
      converter = QuorumWord.class,
      description = "Of those, replicas that hold it durably (default: the bucket type's dw).")
  private Optional<String> dw = Optional.empty();

  @Option(
      names = "--pw",
      paramLabel = "N",
      order = 62,
      converter = QuorumWord.class,
      description = "Of those, primaries (default: the bucket type's pw).")
  private Optional<String> pw = Optional.empty();

  Target apply(Target target) {
    return target.withGiven("w", w).withGiven("dw", dw).withGiven("pw", pw);
  }
}
