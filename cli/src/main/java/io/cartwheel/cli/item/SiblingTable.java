package io.cartwheel.cli.item;

import io.cartwheel.cli.console.Printable;
import io.cartwheel.cli.console.Table;
import io.cartwheel.cli.http.Headers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Versions of one item side by side; when they expire, if any of them does. */
final class SiblingTable {
  private static final int PREVIEW = 40;

  /** Behind when it was written. */
  private static final int EXPIRES_AT = 2;

  private SiblingTable() {}

  static void print(PrintStream to, List<Version> versions) {
    boolean anyExpires = versions.stream().anyMatch(version -> version.ttl().isPresent());
    var headings = new ArrayList<>(List.of("VTAG", "WRITTEN", "TYPE", "BYTES", "VALUE"));
    if (anyExpires) {
      headings.add(EXPIRES_AT, "EXPIRES IN");
    }
    var table = new Table(headings.toArray(String[]::new));
    for (Version version : versions) {
      var cells = new ArrayList<>(cells(version));
      if (anyExpires) {
        cells.add(EXPIRES_AT, version.ttl().map(TimeToLive::text).orElse("-"));
      }
      table.row(cells.toArray(String[]::new));
    }
    table.print(to);
  }

  private static List<String> cells(Version version) {
    return List.of(
        version.vtag(),
        version.modified(),
        Headers.fromWire(version.contentType()),
        Integer.toString(version.value().length()),
        preview(version));
  }

  private static String preview(Version version) {
    return Printable.preview(version.value().toArray(), PREVIEW).orElse("(binary)");
  }
}
