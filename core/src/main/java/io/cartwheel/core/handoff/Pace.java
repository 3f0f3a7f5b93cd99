package io.cartwheel.core.handoff;

/**
 * How much may be begun, so much a second in turns: what a turn leaves over of less than one piece
 * counts for the next, so that low rates are kept too.
 */
final class Pace {
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

  /** A turn comes; what the turns before it did not use up beyond one turn's worth is forfeit. */
  void turn() {
    credit = Math.min((double) most * turnsPerSecond, credit + perSecond);
  }

  /** How many pieces may be begun now. */
  int allowed() {
    return (int) (credit / turnsPerSecond);
  }

  void began() {
    credit -= turnsPerSecond;
  }
}
