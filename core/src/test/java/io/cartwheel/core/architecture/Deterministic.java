package io.cartwheel.core.architecture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Everything that looks suspicious in class files, and is not. */
record Deterministic(String name, List<String> values) {
  enum Colour {
    RED,
    GREEN
  }

  String described(Colour colour) {
    return switch (colour) {
      case RED -> name + " is red: " + values.size();
      case GREEN -> name + " is green";
    };
  }

  String recognized(Object object) {
    return switch (object) {
      case Deterministic(String other, List<String> _) -> "named " + other;
      case String text -> text;
      default -> "else";
    };
  }

  Supplier<String> late() {
    return () -> name + values;
  }

  List<String> copied() {
    return new ArrayList<>(values);
  }

  Map<Integer, List<String>> ordered() {
    Map<Integer, List<String>> groups =
        values.stream()
            .collect(Collectors.groupingBy(String::length, TreeMap::new, Collectors.toList()));
    return new LinkedHashMap<>(groups);
  }

  int firstLittleEndian() {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  Duration doubled(Duration duration) {
    assert !duration.isNegative();
    return duration.multipliedBy(2);
  }
}
