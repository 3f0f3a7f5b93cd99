package io.cartwheel.core.handoff;

/**
 * How much may be begun, so much a second in turns: what a turn leaves over of less than one piece
 * counts for the next, so that low rates are kept too.
 */
final class Pace {
  /** What is left of the rate, if it is that high, whatever else goes on. */
  static final double LEAST_PER_SECOND = 10;

  private final int turnsPerSecond;
  private final double perSecond;
  private final int most;

  /** In pieces times turns per second, so that whole rates add up without error. */
  private double credit;

  Pace(double perSecond, int turnsPerSecond) {
    this.perSecond = perSecond;
    this.turnsPerSecond = turnsPerSecond;
    most = Math.max(1, (int) Math.ceil(perSecond / turnsPerSecond));
  }

  /** How many pieces one turn takes at most. */
  int most() {
    return most;
  }

  /**
   * A turn comes; what the turns before it did not use up beyond one turn's worth is forfeit.
   *
   * @param share how much of the rate is to be had now
   */
  void turn(double share) {
    double now = Math.max(share * perSecond, Math.min(perSecond, LEAST_PER_SECOND));
    credit = Math.min((double) most * turnsPerSecond, credit + now);
  }

  /** How many pieces may be begun now. */
  int allowed() {
    return (int) (credit / turnsPerSecond);
  }

  void began() {
    credit -= turnsPerSecond;
  }
}
