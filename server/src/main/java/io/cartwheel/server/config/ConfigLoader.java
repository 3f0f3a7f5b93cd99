package io.cartwheel.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Puts a configuration together from flags, environment, file and defaults. */
public final class ConfigLoader {
  /** Names the configuration file in the environment. */
  public static final String FILE_VARIABLE = "CARTWHEEL_CONFIG";

  /** Variables of the launcher and of other verbs; the server does not read them. */
  private static final TreeSet<String> OTHERS =
      new TreeSet<>(
          List.of(
              FILE_VARIABLE,
              "CARTWHEEL_HEAP",
              "CARTWHEEL_JAVA_HOME",
              "CARTWHEEL_JAVA_OPTS",
              "CARTWHEEL_NODE"));

  /** What Kubernetes sets by itself for a service that is called cartwheel. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("CARTWHEEL_(\\w+_)?(SERVICE_(HOST|PORT)\\w*|PORT(_[0-9]+_\\w+)?)");

  private final List<String> problems = new ArrayList<>();
  private final SortedMap<String, Written> written = new TreeMap<>();

  private record Written(String text, Source source) {}

  private ConfigLoader() {}

  /**
   * Loads a configuration.
   *
   * @param file the configuration file, if there is one
   * @param environment all variables; only those that begin with {@code CARTWHEEL_} matter
   * @param flags values by the names of their keys ({@code limits.max_value}), as the command line
   *     gave them
   */
  public static Configuration load(
      Optional<Path> file, Map<String, String> environment, Map<String, String> flags)
      throws ConfigException {
    var loader = new ConfigLoader();
    file.ifPresent(loader::readFile);
    loader.readEnvironment(environment);
    flags.forEach((name, text) -> loader.put(name, text, new Source.Flag(flagOf(name))));
    Configuration configuration = loader.assemble();
    loader.refuseIfWrong();
    loader.problems.addAll(Checks.problems(configuration));
    loader.refuseIfWrong();
    return configuration;
  }

  /**
   * The words that gave the key on a command line: bucket types' keys have no flags of their own.
   */
  private static String flagOf(String name) {
    return ConfigKeys.all().stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .map(ConfigKey::flag)
        .orElse("--set " + name);
  }

  private void readFile(Path file) {
    TomlFile.read(file, problems).forEach((name, text) -> put(name, text, new Source.File(file)));
  }

  private void readEnvironment(Map<String, String> environment) {
    var byVariable = new TreeMap<String, ConfigKey<?>>();
    ConfigKeys.all().forEach(key -> byVariable.put(key.variable(), key));
    new TreeMap<>(environment)
        .forEach((variable, text) -> {
          ConfigKey<?> key = byVariable.get(variable);
          if (key != null) {
            put(key.name(), text, new Source.Variable(variable));
          } else if (isMeantForUs(variable)) {
            problems.add("unknown variable " + variable + suggest(variable, byVariable));
          }
        });
  }

  private static boolean isMeantForUs(String variable) {
    return variable.startsWith(ConfigKey.VARIABLE_PREFIX)
        && !OTHERS.contains(variable)
        && !SERVICE_LINK.matcher(variable).matches();
  }

  private void put(String name, String text, Source source) {
    written.put(name, new Written(text.strip(), source));
  }

  private Configuration assemble() {
    var settings = new LinkedHashMap<String, Setting>();
    ConfigKeys.all().forEach(key -> settle(key, settings));
    var types = new TreeSet<String>();
    types.add("default");
    for (String name : written.keySet()) {
      TypeKeys.typeOf(name).filter(TypeKeys::isType).ifPresent(types::add);
    }
    for (String type : types) {
      var keys = new TypeKeys(type, this::generalText);
      keys.all().forEach(key -> settle(key, settings));
    }
    written.forEach((name, value) -> {
      if (!settings.containsKey(name)) {
        problems.add(unknown(name, value.source(), settings));
      }
    });
    return new Configuration(settings, types);
  }

  /** What a key outside of bucket types is set to, if it is allowed. */
  private String generalText(ConfigKey<?> key) {
    Written value = written.get(key.name());
    return value != null && key.kind().reader().apply(value.text()).isPresent()
        ? value.text()
        : key.byDefault();
  }

  private void settle(ConfigKey<?> key, Map<String, Setting> settings) {
    Written value = written.get(key.name());
    if (value == null) {
      settings.put(key.name(), new Setting(key, key.byDefault(), new Source.Default()));
      return;
    }
    if (key.kind().reader().apply(value.text()).isEmpty()) {
      problems.add(
          "%s = \"%s\" (%s): must be %s"
              .formatted(
                  key.name(), value.text(), value.source().described(), key.kind().allowed()));
      settings.put(key.name(), new Setting(key, key.byDefault(), new Source.Default()));
      return;
    }
    settings.put(key.name(), new Setting(key, value.text(), value.source()));
  }

  private static String unknown(String name, Source source, Map<String, Setting> settings) {
    String says = "unknown key " + name + " (" + source.described() + ")";
    if (TypeKeys.typeOf(name).isPresent() && !TypeKeys.isType(TypeKeys.typeOf(name).get())) {
      return says + ": a bucket type's name is 1 to 255 of A-Z a-z 0-9 . _ ~ -";
    }
    return says + suggest(name, settings);
  }

  private static String suggest(String name, Map<String, ?> known) {
    return Suggestion.nearest(name, known.keySet())
        .map(nearest -> ": did you mean " + nearest + "?")
        .orElse("");
  }

  private void refuseIfWrong() throws ConfigException {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
