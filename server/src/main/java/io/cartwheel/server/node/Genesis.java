package io.cartwheel.server.node;

import io.cartwheel.core.ring.MemberId;
import io.cartwheel.server.data.DataDirectory;
import io.cartwheel.server.data.Members;
import io.cartwheel.transport.Acquaintances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node comes to serve (Dynamo §4.8, without a registry): one whose directory has the
 * cluster's members serves at once; an empty one only after a majority of its list, itself
 * included, said hello with the same cluster id.
 *
 * <p>Whoever was met before under another directory has lost what it held, and is told so; it then
 * serves as recovering, so that it does not pass for whole.
 */
final class Genesis implements Acquaintances {
  private static final Logger LOG = LoggerFactory.getLogger("cartwheel.genesis");

  private final DataDirectory directory;
  private final Members members;
  private final ExecutorService files;
  private final Outcome outcome;
  private final Set<MemberId> greeted = new ConcurrentSkipListSet<>();
  private final Set<String> met;
  private volatile boolean established;
  private volatile boolean lossKnown;

  /** Hears how it went; on the executor for files. */
  interface Outcome {
    /** The node is a member and may serve. */
    void established();

    /** The node held data before, under a directory that is gone. */
    void dataWasLost();
  }

  /**
   * Prepares.
   *
   * @param files one thread, for what touches the disk
   */
  Genesis(DataDirectory directory, Members members, ExecutorService files, Outcome outcome)
      throws IOException {
    this.directory = directory;
    this.members = members;
    this.files = files;
    this.outcome = outcome;
    met = new ConcurrentSkipListSet<>(directory.met());
  }

  /** Serves at once if the directory is a member's already, or if there is nobody to wait for. */
  void begin(boolean known) {
    if (known || hasMajority()) {
      files.execute(this::establish);
    } else {
      LOG.info("Waiting for a majority of {} members", members.addresses().size());
    }
  }

  private boolean hasMajority() {
    return greeted.size() + 1 > members.addresses().size() / 2;
  }

  private void establish() {
    if (established) {
      return;
    }
    try {
      directory.writeMembers(members);
    } catch (IOException e) {
      LOG.error("Can't write the members file: not serving", e);
      throw new UncheckedIOException(e);
    }
    established = true;
    outcome.established();
  }

  @Override
  public boolean established() {
    return established;
  }

  @Override
  public boolean metBefore(MemberId member, long otherDirectory) {
    String now = entry(member, otherDirectory);
    return met.stream().anyMatch(known -> known.startsWith(member + ":") && !known.equals(now));
  }

  @Override
  public void met(MemberId member, Greeting greeting) {
    if (greeted.add(member)) {
      LOG.info("Met {}, a node of {} shards", greeting.name(), greeting.shards());
    }
    if (met.add(entry(member, greeting.directory()))) {
      files.execute(this::rememberMet);
    }
    if (greeting.metUsBefore().orElse(false) && !lossKnown) {
      lossKnown = true;
      LOG.warn(
          "{} knew this node under another data directory: its data was lost", greeting.name());
      files.execute(outcome::dataWasLost);
    }
    if (!established && hasMajority()) {
      files.execute(this::establish);
    }
  }

  private static String entry(MemberId member, long otherDirectory) {
    return "%s:%016x".formatted(member, otherDirectory);
  }

  private void rememberMet() {
    try {
      directory.writeMet(new TreeSet<>(met));
    } catch (IOException e) {
      LOG.error("Can't write whom this node has met", e);
    }
  }
}
