package io.cartwheel.benchmarks.http;

/**
 * What a node answered, as far as a load generator cares.
 *
 * @param context the causal context in base64, empty when there was none
 * @param bodyBytes the length of the body
 * @param siblings how many versions were listed, 0 unless the status is 300
 * @param lasting whether the connection stays open for the next request
 */
public record Answer(int status, String context, long bodyBytes, int siblings, boolean lasting)
    implements Outcome {
  private static final int SIBLINGS = 300;

  /** Whether it shows an item, with one value or several, or says that one was written. */
  public boolean isSuccess() {
    return status / 100 == 2 || status == SIBLINGS;
  }
}
