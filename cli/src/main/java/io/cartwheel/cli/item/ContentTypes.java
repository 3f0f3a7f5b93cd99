package io.cartwheel.cli.item;

import java.util.Locale;
import java.util.Map;

/** Content types by a name's extension; the same on every machine. */
final class ContentTypes {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String UNKNOWN = "application/octet-stream";

  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("txt", TEXT),
          Map.entry("text", TEXT),
          Map.entry("log", TEXT),
          Map.entry("md", "text/markdown; charset=utf-8"),
          Map.entry("csv", "text/csv; charset=utf-8"),
          Map.entry("htm", "text/html; charset=utf-8"),
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("xml", "application/xml"),
          Map.entry("yaml", "application/yaml"),
          Map.entry("yml", "application/yaml"),
          Map.entry("toml", "application/toml"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("zip", "application/zip"),
          Map.entry("gz", "application/gzip"),
          Map.entry("jar", "application/java-archive"),
          Map.entry("gif", "image/gif"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("webp", "image/webp"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("mp4", "video/mp4"));

  private ContentTypes() {}

  /** The type of what has such a name: a path or a key. */
  static String ofName(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    String extension = last.substring(last.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return last.contains(".") ? BY_EXTENSION.getOrDefault(extension, UNKNOWN) : UNKNOWN;
  }
}
