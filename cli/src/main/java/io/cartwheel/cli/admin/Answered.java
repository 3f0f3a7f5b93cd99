package io.cartwheel.cli.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node has answered since it started, by operation, whatever the outcome.
 *
 * @param byOperation get, put, delete
 */
record Answered(Map<String, Histogram> byOperation) {
  static final List<String> OPERATIONS = List.of("get", "put", "delete");

  private static final Pattern BUCKET =
      Pattern.compile(
          "^cartwheel_request_seconds_bucket[{]operation=\"([a-z]+)\",.*le=\"([^\"]+)\"[}]"
              + " ([0-9.eE+]+)$",
          Pattern.MULTILINE);

  Answered {
    byOperation = Collections.unmodifiableMap(new LinkedHashMap<>(byOperation));
  }

  /** Reads measurements in Prometheus' text form. */
  static Answered parse(String metrics) {
    var byOperation = new LinkedHashMap<String, Histogram>();
    OPERATIONS.forEach(operation -> byOperation.put(operation, Histogram.EMPTY));
    Matcher bucket = BUCKET.matcher(metrics);
    while (bucket.find()) {
      String bound = bucket.group(2);
      var one = new TreeMap<Double, Long>();
      one.put(
          bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
          (long) Double.parseDouble(bucket.group(3)));
      byOperation.computeIfPresent(bucket.group(1), (_, sum) -> sum.plus(new Histogram(one)));
    }
    return new Answered(byOperation);
  }

  Histogram of(String operation) {
    return byOperation.getOrDefault(operation, Histogram.EMPTY);
  }
}
