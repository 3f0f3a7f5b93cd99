package io.cartwheel.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import io.cartwheel.server.config.ConfigKeys;
import io.cartwheel.server.config.Configuration;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Sets the process's log up as configured: to standard error, or to a file that is rotated. */
public final class NodeLog {
  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger %msg%n";

  private NodeLog() {}

  public static void configure(Configuration config) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    Encoder<ILoggingEvent> encoder = encoder(context, config);
    Optional<Path> file = config.get(ConfigKeys.LOG_FILE);
    OutputStreamAppender<ILoggingEvent> appender =
        file.isPresent() ? rotated(context, config, file.get()) : standardError();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(config.get(ConfigKeys.LOG_LEVEL).name()));
    root.addAppender(appender);
    // Netty's own debugging is about Netty.
    context.getLogger("io.netty").setLevel(Level.WARN);
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context, Configuration config) {
    Encoder<ILoggingEvent> encoder =
        switch (config.get(ConfigKeys.LOG_FORMAT)) {
          case JSON -> new JsonEncoder();
          case TEXT -> {
            var text = new PatternLayoutEncoder();
            text.setPattern(PATTERN);
            yield text;
          }
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static OutputStreamAppender<ILoggingEvent> standardError() {
    var console = new ConsoleAppender<ILoggingEvent>();
    console.setTarget("System.err");
    return console;
  }

  private static OutputStreamAppender<ILoggingEvent> rotated(
      LoggerContext context, Configuration config, Path file) {
    var appender = new RollingFileAppender<ILoggingEvent>();
    appender.setFile(file.toString());
    var rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context);
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i.gz");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(config.get(ConfigKeys.LOG_ROTATE_KEEP));
    rolling.start();
    var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    trigger.setContext(context);
    trigger.setMaxFileSize(new FileSize(config.get(ConfigKeys.LOG_ROTATE_SIZE)));
    trigger.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(trigger);
    return appender;
  }
}
