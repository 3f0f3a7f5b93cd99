package io.cartwheel.server.config;

import java.util.List;
import java.util.Locale;

/** Writes the table of keys for people: as Markdown, and as a configuration file to begin with. */
public final class ConfigReference {
  private static final List<ConfigKey<?>> TYPE_KEYS = new TypeKeys("T", ConfigKey::byDefault).all();

  private ConfigReference() {}

  /** All keys as Markdown tables, a table for each section. */
  public static String markdown() {
    var text = new StringBuilder();
    String section = "-";
    for (ConfigKey<?> key : ConfigKeys.all()) {
      if (!section.equals(sectionOf(key))) {
        section = sectionOf(key);
        heading(text, section.isEmpty() ? "The node" : "`[" + section + "]`");
      }
      row(text, key);
    }
    heading(text, "`[bucket_types.T]`, for each bucket type T, `default` too");
    TYPE_KEYS.forEach(key -> row(text, key));
    return text.toString();
  }

  private static void heading(StringBuilder text, String title) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    text.append("### ").append(title).append("\n\n");
    text.append("| key | default | allowed | what it does |\n| --- | --- | --- | --- |\n");
  }

  private static void row(StringBuilder text, ConfigKey<?> key) {
    String byDefault = key.byDefault().isEmpty() ? "empty" : "`" + key.byDefault() + "`";
    String allowed = key.kind().allowed();
    text.append(
        "| `%s` | %s | %s | %s |\n".formatted(key.name(), byDefault, allowed, key.purpose()));
  }

  private static String sentence(String allowed) {
    return allowed.substring(0, 1).toUpperCase(Locale.ROOT) + allowed.substring(1) + ".";
  }

  /** A configuration file that says the defaults, each commented out, with what it does. */
  public static String template() {
    var text = new StringBuilder();
    text.append("# A node of Cartwheel. What is commented out is the default.\n");
    String section = "";
    for (ConfigKey<?> key : ConfigKeys.all()) {
      if (!section.equals(sectionOf(key))) {
        section = sectionOf(key);
        text.append("\n[").append(section).append("]\n");
      }
      line(text, key);
    }
    text.append("\n# Each bucket type has a table of its own; default is there without one.\n");
    text.append("[bucket_types.default]\n");
    TYPE_KEYS.forEach(key -> line(text, key));
    return text.toString();
  }

  private static void line(StringBuilder text, ConfigKey<?> key) {
    String value =
        switch (key.kind().style()) {
          case QUOTED -> '"' + key.byDefault() + '"';
          case BARE -> key.byDefault();
        };
    String name = key.name().substring(key.name().lastIndexOf('.') + 1);
    text.append("\n# ").append(key.purpose()).append(' ');
    text.append(sentence(key.kind().allowed())).append('\n');
    text.append("# ").append(name).append(" = ").append(value).append('\n');
  }

  private static String sectionOf(ConfigKey<?> key) {
    int end = key.name().indexOf('.');
    return end < 0 ? "" : key.name().substring(0, end);
  }
}
