package io.cartwheel.server.http.message;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What media types a client named in its {@code Accept}, the ones it wants most first.
 *
 * <p>Wildcards choose nothing: whoever wants one of several representations names it.
 */
public final class Accepted {
  private static final int MAX_NAMED = 32;
  private static final int MAX_PARAMETERS = 8;
  private static final Pattern WEIGHT = Pattern.compile("q=[01](\\.[0-9]{0,3})?");

  private final List<String> types;

  private Accepted(List<String> types) {
    this.types = types;
  }

  private record Weighted(String type, float weight) {}

  public static Accepted by(HttpHeaders request) {
    List<String> values = request.getAll(HttpHeaderNames.ACCEPT);
    if (values.isEmpty()) {
      return new Accepted(List.of());
    }
    var named = new ArrayList<Weighted>();
    for (String part : String.join(",", values).split(",", MAX_NAMED)) {
      String[] parts = part.split(";", MAX_PARAMETERS);
      float weight = weight(parts);
      if (weight > 0) {
        named.add(new Weighted(parts[0].strip().toLowerCase(Locale.ROOT), weight));
      }
    }
    named.sort((a, b) -> Float.compare(b.weight(), a.weight()));
    return new Accepted(named.stream().map(Weighted::type).toList());
  }

  private static float weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (WEIGHT.matcher(parameter).matches()) {
        return Float.parseFloat(parameter.substring(2));
      }
    }
    return 1;
  }

  public boolean explicitly(String type) {
    return types.contains(type);
  }

  /** The one of these that is wanted most; empty when none was named. */
  public Optional<String> best(List<String> offered) {
    return types.stream().filter(offered::contains).findFirst();
  }
}
