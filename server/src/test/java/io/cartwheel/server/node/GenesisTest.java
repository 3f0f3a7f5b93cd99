package io.cartwheel.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.config.HostPort;
import io.cartwheel.server.data.DataDirectory;
import io.cartwheel.server.data.Members;
import io.cartwheel.transport.Acquaintances.Greeting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenesisTest implements Genesis.Outcome {
  private static final long DIRECTORY = 17;

  @TempDir private Path folder;
  private DataDirectory directory;
  private int established;
  private int lost;

  @BeforeEach
  void open() throws Exception {
    directory = DataDirectory.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    directory.close();
  }

  private Genesis genesis(int members) throws Exception {
    return new Genesis(directory, cluster(members), new Inline(), this);
  }

  private static Members cluster(int size) {
    var addresses = new TreeMap<String, HostPort>();
    for (int i = 1; i <= size; i++) {
      addresses.put("n" + i, new HostPort("127.0.0.1", 7100 + i));
    }
    return new Members(1, 16, addresses);
  }

  private static MemberId id(String name) {
    return cluster(5).idOf(name);
  }

  private static Greeting greeting(String name, long directoryId, boolean metUsBefore) {
    return new Greeting(name, directoryId, 1, false, Optional.of(metUsBefore));
  }

  @Override
  public void established() {
    established++;
  }

  @Override
  public void dataWasLost() {
    lost++;
  }

  @Test
  void aNodeOnItsOwnServesAtOnce() throws Exception {
    genesis(1).begin(false);
    assertThat(established).isEqualTo(1);
    assertThat(directory.members()).contains(cluster(1));
  }

  @Test
  void anEmptyNodeWaitsForAMajorityOfItsList() throws Exception {
    Genesis genesis = genesis(5);
    genesis.begin(false);
    genesis.met(id("n2"), greeting("n2", DIRECTORY, false));
    genesis.met(id("n2"), greeting("n2", DIRECTORY, false));
    assertThat(established).as("itself and one more of five").isZero();
    assertThat(directory.members()).isEmpty();
    genesis.met(id("n3"), greeting("n3", DIRECTORY, false));
    assertThat(established).isEqualTo(1);
    assertThat(directory.members()).contains(cluster(5));
    genesis.met(id("n4"), greeting("n4", DIRECTORY, false));
    assertThat(established).isEqualTo(1);
    assertThat(lost).isZero();
  }

  @Test
  void aMemberServesAtOnceWhoeverElseIsUp() throws Exception {
    genesis(5).begin(true);
    assertThat(established).isEqualTo(1);
  }

  @Test
  void aMemberWithAnotherDirectoryThanBeforeHasLostItsData() throws Exception {
    Genesis genesis = genesis(3);
    assertThat(genesis.metBefore(id("n2"), DIRECTORY)).isFalse();
    genesis.met(id("n2"), greeting("n2", DIRECTORY, false));
    assertThat(genesis.metBefore(id("n2"), DIRECTORY)).as("the same again").isFalse();
    assertThat(genesis.metBefore(id("n2"), DIRECTORY + 1)).as("a wiped one").isTrue();
    assertThat(genesis.metBefore(id("n3"), DIRECTORY + 1)).as("somebody else").isFalse();
    assertThat(genesis(3).metBefore(id("n2"), DIRECTORY + 1)).as("after a restart").isTrue();
  }

  @Test
  void aNodeThatOthersKnewUnderAnotherDirectoryLearnsThatItLostItsData() throws Exception {
    Genesis genesis = genesis(3);
    genesis.begin(false);
    genesis.met(id("n2"), greeting("n2", DIRECTORY, true));
    genesis.met(id("n3"), greeting("n3", DIRECTORY, true));
    assertThat(lost).isEqualTo(1);
    assertThat(established).isEqualTo(1);
  }

  /** Runs everything within the call. */
  private static final class Inline extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
