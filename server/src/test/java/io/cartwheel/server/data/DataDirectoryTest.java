package io.cartwheel.server.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartwheel.core.item.Bytes;
import io.cartwheel.server.config.HostPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path folder;

  private DataDirectory open() throws Exception {
    return DataDirectory.open(folder.resolve("data"));
  }

  private static Members members() {
    var addresses = new TreeMap<String, HostPort>();
    addresses.put("n1", new HostPort("127.0.0.1", 7101));
    addresses.put("n2", new HostPort("::1", 7102));
    return new Members(0xFEDC_BA98_7654_3210L, 256, addresses);
  }

  @Test
  void isHeldByOneProcessAtATime() throws Exception {
    try (DataDirectory held = open()) {
      assertThat(held.members()).isEmpty();
      assertThatThrownBy(this::open)
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    }
    open().close();
  }

  @Test
  void isRefusedWhenItHoldsSomethingElse() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/letter.txt"), "Dear all");
    assertThatThrownBy(this::open).hasMessageContaining("neither empty nor a data directory");
    assertThat(folder.resolve("data/VERSION")).doesNotExist();
  }

  @Test
  void isRefusedWhenALaterVersionWroteIt() throws Exception {
    open().close();
    Files.writeString(folder.resolve("data/VERSION"), "3\n");
    assertThatThrownBy(this::open).hasMessageContaining("layout 3");
    assertThat(folder.resolve("data/VERSION")).hasContent("3\n");
    Files.writeString(folder.resolve("data/VERSION"), "2\n");
    open().close();
  }

  @Test
  void isRaisedToThisLayoutWhenAnEarlierVersionWroteIt() throws Exception {
    open().close();
    Files.writeString(folder.resolve("data/VERSION"), "1\n");
    open().close();

    assertThat(folder.resolve("data/VERSION")).hasContent("2\n");
  }

  @Test
  void belongsToTheNodeThatClaimedItFirst() throws Exception {
    try (DataDirectory directory = open()) {
      assertThat(directory.claimFor("n1", 7)).isEqualTo(7);
      assertThat(directory.claimFor("n1", 8)).isEqualTo(7);
      assertThatThrownBy(() -> directory.claimFor("n2", 9))
          .hasMessageContaining("belongs to node n1, not n2");
    }
  }

  @Test
  void keepsTheMembers() throws Exception {
    try (DataDirectory directory = open()) {
      directory.writeMembers(members());
    }
    try (DataDirectory directory = open()) {
      assertThat(directory.members()).contains(members());
    }
  }

  @Test
  void refusesAMembersFileThatWasCutShort() throws Exception {
    try (DataDirectory directory = open()) {
      directory.writeMembers(members());
      Path file = folder.resolve("data/members");
      String whole = Files.readString(file);
      for (int length = 0; length < whole.length(); length++) {
        Files.writeString(file, whole.substring(0, length));
        assertThatThrownBy(directory::members).hasMessageContaining("damaged");
      }
    }
  }

  @Test
  void remembersWhomItsNodeHasMet() throws Exception {
    try (DataDirectory directory = open()) {
      assertThat(directory.met()).isEmpty();
      directory.writeMet(new TreeSet<>(List.of("a:1", "b:2")));
    }
    try (DataDirectory directory = open()) {
      assertThat(directory.met()).containsExactly("a:1", "b:2");
    }
  }

  @Test
  void tellsAMachineThatFailedFromAProcessThatWasKilled() throws Exception {
    try (DataDirectory directory = open()) {
      directory.noteStart();
      assertThat(directory.isRecovering()).as("first start").isFalse();
    }
    try (DataDirectory directory = open()) {
      directory.noteStart();
      assertThat(directory.isRecovering()).as("killed, machine still up").isFalse();
      directory.noteCleanStop();
    }
    Files.writeString(folder.resolve("data/boot-id"), "another boot\n");
    try (DataDirectory directory = open()) {
      directory.noteStart();
      assertThat(directory.isRecovering()).as("stopped cleanly before").isFalse();
    }
    Files.writeString(folder.resolve("data/boot-id"), "another boot\n");
    try (DataDirectory directory = open()) {
      directory.noteStart();
      assertThat(directory.isRecovering()).as("machine was up anew").isTrue();
    }
    try (DataDirectory directory = open()) {
      assertThat(directory.isRecovering()).as("that start got no further").isTrue();
    }
  }

  @Test
  void givesTheTreesOfACleanStopOnceAndThoseOfAnyOtherNever() throws Exception {
    var trees = new TreeMap<Integer, Bytes>();
    trees.put(3, Bytes.utf8("three"));
    trees.put(70, Bytes.utf8("seventy"));
    leave(trees, true);
    try (DataDirectory directory = open()) {
      directory.noteStart();
      assertThat(directory.takeTrees()).isEqualTo(trees);
      assertThat(folder.resolve("data/trees")).doesNotExist();
      assertThat(directory.takeTrees()).isEmpty();
    }
    leave(trees, false);
    try (DataDirectory directory = open()) {
      directory.noteStart();
      assertThat(directory.takeTrees()).isEmpty();
      assertThat(folder.resolve("data/trees")).doesNotExist();
    }
  }

  @Test
  void givesWhatIsWholeOfTreesThatWereCutShort() throws Exception {
    var trees = new TreeMap<Integer, Bytes>();
    trees.put(3, Bytes.utf8("three"));
    trees.put(70, Bytes.utf8("seventy"));
    leave(trees, true);
    byte[] whole = Files.readAllBytes(folder.resolve("data/trees"));
    for (int length = 0; length < whole.length; length++) {
      leave(trees, true);
      Files.write(folder.resolve("data/trees"), Arrays.copyOf(whole, length));
      try (DataDirectory directory = open()) {
        assertThat(trees.entrySet()).containsAll(directory.takeTrees().entrySet());
      }
    }
  }

  private void leave(TreeMap<Integer, Bytes> trees, boolean cleanly) throws Exception {
    try (DataDirectory directory = open()) {
      directory.noteStart();
      directory.writeTrees(trees);
      if (cleanly) {
        directory.noteCleanStop();
      }
    }
  }

  @Test
  void staysRecoveringOverRestarts() throws Exception {
    try (DataDirectory directory = open()) {
      assertThat(directory.isRecovering()).isFalse();
      directory.markRecovering();
    }
    try (DataDirectory directory = open()) {
      assertThat(directory.isRecovering()).isTrue();
    }
  }

  @Test
  void anIdOfAClusterFollowsFromItsListAlone() {
    TreeMap<String, HostPort> list = new TreeMap<>(members().addresses());
    long id = Members.clusterIdOf("cartwheel", 256, list);
    assertThat(Members.clusterIdOf("cartwheel", 256, new TreeMap<>(list))).isEqualTo(id);
    assertThat(Members.clusterIdOf("other", 256, list)).isNotEqualTo(id);
    assertThat(Members.clusterIdOf("cartwheel", 128, list)).isNotEqualTo(id);
    list.put("n3", new HostPort("127.0.0.1", 7103));
    assertThat(Members.clusterIdOf("cartwheel", 256, list)).isNotEqualTo(id);
  }
}
