package io.cartwheel.server.http.admin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.cartwheel.server.config.LogLevel;
import io.cartwheel.server.http.message.Problem;
import io.cartwheel.server.http.message.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The levels of the node's own loggers, shown and changed while it runs; a restart forgets changes.
 * Any thread.
 */
final class LogLevels {
  private static final String ROOT = "root";
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("cartwheel.admin");

  private final LoggerContext context;

  LogLevels(LoggerContext context) {
    this.context = context;
  }

  static LogLevels ofProcess() {
    return new LogLevels((LoggerContext) LoggerFactory.getILoggerFactory());
  }

  /** The level in force of one logger, or of all. */
  Map<String, Object> shown(Optional<String> name) throws RefusedException {
    var levels = new TreeMap<String, Object>();
    for (Logger logger : name.isPresent() ? List.of(known(name.get())) : loggers()) {
      levels.put(nameOf(logger), word(logger.getEffectiveLevel()));
    }
    return Map.of("levels", levels);
  }

  /** Sets one logger's level, which those below it follow unless they have their own. */
  Map<String, Object> set(String name, String level) throws RefusedException {
    Logger logger = known(name);
    Level wanted = level(level);
    Level before = logger.getEffectiveLevel();
    logger.setLevel(wanted);
    LOG.warn("The log level of {} is {} now; it was {}", name, word(wanted), word(before));
    return shown(Optional.of(name));
  }

  private Logger known(String name) throws RefusedException {
    return loggers().stream()
        .filter(logger -> nameOf(logger).equals(name))
        .findFirst()
        .orElseThrow(
            () -> unknown("logger", loggers().stream().map(LogLevels::nameOf).sorted().toList()));
  }

  private static Level level(String word) throws RefusedException {
    List<String> choices =
        Stream.of(LogLevel.values()).map(level -> level.name().toLowerCase(Locale.ROOT)).toList();
    if (!choices.contains(word.toLowerCase(Locale.ROOT))) {
      throw unknown("level", choices);
    }
    return Level.toLevel(word);
  }

  private static RefusedException unknown(String what, List<String> choices) {
    return new RefusedException(
        Problem.badRequest("unknown " + what + "; there are: " + String.join(", ", choices))
            .withFact("choices", choices));
  }

  /** Libraries' loggers are none of an operator's business, except all together. */
  private List<Logger> loggers() {
    return context.getLoggerList().stream().filter(LogLevels::isOurs).toList();
  }

  private static boolean isOurs(Logger logger) {
    String name = nameOf(logger);
    return name.equals(ROOT)
        || (name + ".").startsWith("cartwheel.")
        || (name + ".").startsWith("io.cartwheel.");
  }

  private static String nameOf(Logger logger) {
    return logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME) ? ROOT : logger.getName();
  }

  private static String word(Level level) {
    return level.levelStr.toLowerCase(Locale.ROOT);
  }
}
