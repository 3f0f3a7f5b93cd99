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
      description = "Replicas that must take the write: a number, one, quorum or all.")
  private Optional<String> w = Optional.empty();

  @Option(
      names = "--dw",
      paramLabel = "N",
      order = 61,
      converter = QuorumWord.class,
      description = "Of those, replicas that hold it durably.")
  private Optional<String> dw = Optional.empty();

  @Option(
      names = "--pw",
      paramLabel = "N",
      order = 62,
      converter = QuorumWord.class,
      description = "Of those, primaries.")
  private Optional<String> pw = Optional.empty();

  Target apply(Target target) {
    Target some = w.map(replicas -> target.with("w", replicas)).orElse(target);
    Target more = dw.map(replicas -> some.with("dw", replicas)).orElse(some);
    return pw.map(replicas -> more.with("pw", replicas)).orElse(more);
  }
}
