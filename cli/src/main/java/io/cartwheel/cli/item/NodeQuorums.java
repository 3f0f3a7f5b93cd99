package io.cartwheel.cli.item;

import io.cartwheel.cli.http.Target;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which nodes may make up a quorum, and how many; what is not said is the bucket type's. */
final class NodeQuorums {
  @Option(
      names = "--sloppy",
      paramLabel = "true|false",
      order = 70,
      converter = Truth.class,
      description =
          "Whether other nodes may stand in for primaries that can't be reached (default: the"
              + " bucket type's sloppy_quorum).")
  private Optional<String> sloppy = Optional.empty();

  @Option(
      names = "--node-confirms",
      paramLabel = "N",
      order = 71,
      converter = Count.class,
      description =
          "Distinct nodes that must answer or take it (default: no more than the rest asks).")
  private Optional<String> nodeConfirms = Optional.empty();

  Target apply(Target target) {
    return target.withGiven("sloppy_quorum", sloppy).withGiven("node_confirms", nodeConfirms);
  }

  /** Takes the two truth values and refuses the rest. */
  static final class Truth implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!value.equals("true") && !value.equals("false")) {
        throw new TypeConversionException("'" + value + "' is neither true nor false");
      }
      return value;
    }
  }

  /** Takes a number of nodes and refuses the rest. */
  static final class Count implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
      if (!value.matches("[0-9]{1,3}")) {
        throw new TypeConversionException("'" + value + "' is not a number of nodes");
      }
      return value;
    }
  }
}
