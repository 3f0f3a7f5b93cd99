package io.cartwheel.core.overload;

/**
 * How many questions may be asked twice for mere impatience: one for every twenty that are asked,
 * and a few to begin with.
 *
 * <p>Impatience is measured by how long answers took of late; when they begin to take longer, it
 * would ask everything twice, and so make sure that they do.
 */
public final class HedgeBudget {
  private static final int PER_HEDGE = 20;
  private static final int MOST = 50 * PER_HEDGE;

  private int saved = 10 * PER_HEDGE;

  /** A question was asked. */
  public void earn() {
    saved = Math.min(MOST, saved + 1);
  }

  /** Whether one more may be asked twice, which is then counted. */
  public boolean spend() {
    if (saved < PER_HEDGE) {
      return false;
    }
    saved -= PER_HEDGE;
    return true;
  }
}
