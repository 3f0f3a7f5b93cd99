package io.cartwheel.server.http.message;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What media types a client named in its {@code Accept}, looked up where they stand: a long list
 * costs no more room than a short one.
 *
 * <p>Wildcards choose nothing: whoever wants one of several representations names it.
 */
public final class Accepted {
  private static final Pattern NAMED =
      Pattern.compile("\\s*+(?<type>[^,;\\s]*+)(?<parameters>[^,]*+),?+");
  private static final Pattern WEIGHT =
      Pattern.compile(";\\s*+[qQ]=(?<weight>[01](?:\\.[0-9]{0,3}+)?+)\\s*+(?:;|$)");

  private final String text;

  private Accepted(String text) {
    this.text = text;
  }

  public static Accepted by(HttpHeaders request) {
    return new Accepted(String.join(",", request.getAll(HttpHeaderNames.ACCEPT)));
  }

  public boolean explicitly(String type) {
    return best(List.of(type)).isPresent();
  }

  /** The one of these that is wanted most, of several the first; empty when none was named. */
  public Optional<String> best(List<String> offered) {
    Optional<String> best = Optional.empty();
    float most = 0;
    Matcher named = NAMED.matcher(text);
    while (named.find()) {
      int type = typeAt(named.start("type"), named.end("type"), offered);
      float weight = type < 0 ? 0 : weight(named.group("parameters"));
      if (weight > most) {
        best = Optional.of(offered.get(type));
        most = weight;
      }
    }
    return best;
  }

  /** Which of the offered types stands there; -1 if none does. */
  private int typeAt(int from, int end, List<String> offered) {
    for (int i = 0; i < offered.size(); i++) {
      String type = offered.get(i);
      if (type.length() == end - from && text.regionMatches(true, from, type, 0, end - from)) {
        return i;
      }
    }
    return -1;
  }

  private static float weight(String parameters) {
    Matcher weight = WEIGHT.matcher(parameters);
    return weight.find() ? Float.parseFloat(weight.group("weight")) : 1;
  }
}
