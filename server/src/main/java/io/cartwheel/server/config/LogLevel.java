package io.cartwheel.server.config;

/** From which weight on something is logged. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE
}
