package io.cartwheel.cli.item;

import io.cartwheel.cli.http.Target;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many replicas a read asks for; what is not said is the bucket type's. */
final class ReadQuorums {
  @Option(
      names = "-r",
      paramLabel = "N",
      order = 50,
      converter = QuorumWord.class,
      description =
          "Replicas that must answer the read: a number, one, quorum or all (default: the bucket"
              + " type's r).")
  private Optional<String> r = Optional.empty();

  @Option(
      names = "--pr",
      paramLabel = "N",
      order = 51,
      converter = QuorumWord.class,
      description = "Of those, primaries (default: the bucket type's pr).")
  private Optional<String> pr = Optional.empty();

  Target apply(Target target) {
    return target.withGiven("r", r).withGiven("pr", pr);
  }
}
