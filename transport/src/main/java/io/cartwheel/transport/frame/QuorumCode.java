package io.cartwheel.transport.frame;

/** The numbers that stand for words where a number of replicas could stand. */
final class QuorumCode {
  static final int ONE = 128;
  static final int QUORUM = 129;
  static final int ALL = 130;
  static final int DEFAULT = 131;

  private QuorumCode() {}
}
