package io.cartwheel.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads a configuration file into values by the keys' full names. */
final class TomlFile {
  private TomlFile() {}

  /** The values as text; problems are added to the list given. */
  static SortedMap<String, String> read(Path file, List<String> problems) {
    var values = new TreeMap<String, String>();
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      problems.add("can't read the configuration file " + file);
      return values;
    }
    try {
      JsonNode root = TomlMapper.builder().build().readTree(file.toFile());
      flatten("", root, values, problem -> problems.add(problem + " (file " + file + ")"));
    } catch (JacksonException e) {
      problems.add(syntaxProblem(file, e));
    }
    return values;
  }

  private static String syntaxProblem(Path file, JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    String where =
        at == null || at.getLineNr() < 1
            ? ""
            : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
    return "not TOML: " + e.getOriginalMessage() + " (file " + file + where + ")";
  }

  private static void flatten(
      String prefix, JsonNode table, Map<String, String> values, Problems problems) {
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      String name = prefix + entry.getKey();
      JsonNode value = entry.getValue();
      if (value.isObject()) {
        flatten(name + ".", value, values, problems);
      } else if (value.isArray()) {
        var items = new ArrayList<String>();
        value.values().forEach(item -> items.add(item.asString("")));
        values.put(name, String.join(",", items));
      } else if (value.isString() || value.isBoolean() || value.isIntegralNumber()) {
        values.put(name, value.asString());
      } else {
        problems.add(name + " is neither text, a whole number, true, false, nor a list of texts");
      }
    }
  }

  /** Takes what is wrong. */
  @FunctionalInterface
  private interface Problems {
    void add(String problem);
  }
}
