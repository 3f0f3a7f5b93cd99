package io.cartwheel.cli.bench;

import io.cartwheel.benchmarks.load.Workload;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A workload by its letter; here and not with the others, so that other verbs don't load it. */
final class WorkloadConverter implements ITypeConverter<Workload> {
  @Override
  public Workload convert(String text) {
    return Arrays.stream(Workload.values())
        .filter(workload -> workload.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of a, b and c"));
  }
}
