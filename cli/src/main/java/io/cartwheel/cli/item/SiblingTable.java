package io.cartwheel.cli.item;

import io.cartwheel.cli.console.Printable;
import io.cartwheel.cli.console.Table;
import io.cartwheel.cli.http.Headers;
import java.io.PrintStream;
import java.util.List;

/** Versions of one item side by side. */
final class SiblingTable {
  private static final int PREVIEW = 40;

  private SiblingTable() {}

  static void print(PrintStream to, List<Version> versions) {
    var table = new Table("VTAG", "WRITTEN", "TYPE", "BYTES", "VALUE");
    for (Version version : versions) {
      table.row(
          version.vtag(),
          version.modified(),
          Headers.fromWire(version.contentType()),
          Integer.toString(version.value().length()),
          preview(version));
    }
    table.print(to);
  }

  private static String preview(Version version) {
    return Printable.preview(version.value().toArray(), PREVIEW).orElse("(binary)");
  }
}
