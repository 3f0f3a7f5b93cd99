package io.cartwheel.cli.item;

import io.cartwheel.core.bucket.Quorum;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes what names a number of replicas, unchanged, and refuses the rest. */
final class QuorumWord implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    if (Quorum.parse(value).isEmpty()) {
      throw new TypeConversionException(
          "'" + value + "' is neither a number nor one, quorum, all or default");
    }
    return value;
  }
}
