package io.cartwheel.core.item;

/** Bytes from outside that do not decode; the message says where and why, never what they held. */
public final class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedException(String reason) {
    super(reason);
  }
}
