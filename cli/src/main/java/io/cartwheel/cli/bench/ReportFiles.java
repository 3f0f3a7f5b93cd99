package io.cartwheel.cli.bench;

import io.cartwheel.benchmarks.report.HtmlReport;
import io.cartwheel.benchmarks.report.JsonReport;
import io.cartwheel.benchmarks.report.Report;
import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import io.cartwheel.cli.console.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names files to write the report to. */
final class ReportFiles {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      order = 22,
      description = {
        "Also write the report to a file: a page with plots if it ends in .html, the JSON object if"
            + " it ends in .json. May be given for each."
      })
  private List<Path> files = List.of();

  /** Before anything is measured, which takes long: are the files such as can be written? */
  void check() throws CommandFailed {
    for (Path file : files) {
      if (!isPage(file) && !file.toString().endsWith(".json")) {
        throw new CommandFailed(ExitCode.USAGE, "--report ends in .html or .json: " + file);
      }
      if (!Files.isDirectory(file.toAbsolutePath().resolveSibling(""))) {
        throw new CommandFailed(ExitCode.USAGE, "--report: there is no such folder: " + file);
      }
    }
  }

  void write(Report report) throws CommandFailed {
    for (Path file : files) {
      try {
        Files.write(file, isPage(file) ? page(report) : json(report));
      } catch (IOException e) {
        throw new CommandFailed(ExitCode.FAILED, "the report can't be written: " + e);
      }
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".html");
  }

  private static byte[] page(Report report) {
    return HtmlReport.page(report).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json(Report report) {
    var bytes = new ByteArrayOutputStream();
    var text = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Json.print(text, JsonReport.members(report));
    text.flush();
    return bytes.toByteArray();
  }
}
