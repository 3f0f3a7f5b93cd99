package io.cartwheel.server.data;

/** A data directory that can't be used; the message tells the operator why and what to do. */
public final class DataDirectoryException extends Exception {
  private static final long serialVersionUID = 1L;

  DataDirectoryException(String message) {
    super(message);
  }

  DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
