package io.cartwheel.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.cli.console.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir private Path folder;

  @Test
  void itLiesInTheStateFolder() {
    assertThat(HistoryFile.of(Map.of("XDG_STATE_HOME", "/state", "HOME", "/home/a")))
        .isEqualTo(Path.of("/state/cartwheel/history"));
    assertThat(HistoryFile.of(Map.of("HOME", "/home/a")))
        .isEqualTo(Path.of("/home/a/.local/state/cartwheel/history"));
  }

  @Test
  void aRelativeStateFolderDoesNotCount() {
    assertThat(HistoryFile.of(Map.of("XDG_STATE_HOME", "state", "HOME", "/home/a")))
        .isEqualTo(Path.of("/home/a/.local/state/cartwheel/history"));
  }

  @Test
  void onlyItsOwnerMayReadIt() throws IOException {
    Path file = HistoryFile.prepare(console());
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("cartwheel"))).isEqualTo("rwx------");
  }

  @Test
  void whatIsThereIsKept() throws IOException {
    Path file = HistoryFile.prepare(console());
    Files.writeString(file, "get carts alice\n");
    assertThat(HistoryFile.prepare(console())).hasContent("get carts alice\n");
  }

  @Test
  void aFolderInItsPlaceIsTold() throws IOException {
    Files.createDirectories(folder.resolve("cartwheel/history"));
    assertThatThrownBy(() -> HistoryFile.prepare(console())).isInstanceOf(IOException.class);
  }

  private Console console() {
    return new Console(
        InputStream.nullInputStream(),
        System.out,
        System.err,
        Map.of("XDG_STATE_HOME", folder.toString()),
        () -> false);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
