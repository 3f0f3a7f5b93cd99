package io.cartwheel.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A cluster for a test class: in a static field one for all its tests, in an instance field one for
 * each. What the nodes printed is published with a test that fails.
 *
 * <pre>{@code
 * @RegisterExtension static final CartwheelCluster cluster = CartwheelCluster.of(3);
 * }</pre>
 */
public final class CartwheelCluster
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterTestExecutionCallback,
        AfterEachCallback,
        AfterAllCallback {
  private final int members;
  private final String[] arguments;
  private Optional<LocalCluster> cluster = Optional.empty();
  private boolean shared;

  private CartwheelCluster(int members, String... arguments) {
    this.members = members;
    this.arguments = arguments.clone();
  }

  /**
   * A cluster of n1, n2, ...
   *
   * @param arguments further ones for each {@code cartwheel server}
   */
  public static CartwheelCluster of(int members, String... arguments) {
    return new CartwheelCluster(members, arguments);
  }

  public LocalCluster nodes() {
    return cluster.orElseThrow(() -> new IllegalStateException("no test is running"));
  }

  public ServerProcess node(String name) {
    return nodes().node(name);
  }

  /** A client of one node. */
  public ItemsClient client(String name) {
    return node(name).client();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    shared = true;
    cluster = Optional.of(LocalCluster.of(members, arguments));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (!shared) {
      cluster = Optional.of(LocalCluster.of(members, arguments));
    }
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      System.err.println(context.getDisplayName() + " failed; its nodes printed:");
      System.err.println(nodes().logs());
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!shared) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  private void close() {
    cluster.ifPresent(LocalCluster::close);
    cluster = Optional.empty();
  }
}
