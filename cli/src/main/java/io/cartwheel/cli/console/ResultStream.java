package io.cartwheel.cli.console;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes results, and remembers why it could not take them all. */
public final class ResultStream extends PrintStream {
  private final Outlet outlet;

  public ResultStream(OutputStream to) {
    this(new Outlet(to));
  }

  private ResultStream(Outlet outlet) {
    super(new BufferedOutputStream(outlet, 64 * 1024), false, StandardCharsets.UTF_8);
    this.outlet = outlet;
  }

  /** What went wrong first. */
  String trouble() {
    return outlet.first.map(IOException::getMessage).orElse("closed");
  }

  private static final class Outlet extends FilterOutputStream {
    private Optional<IOException> first = Optional.empty();

    Outlet(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        if (first.isEmpty()) {
          first = Optional.of(e);
        }
        throw e;
      }
    }
  }
}
