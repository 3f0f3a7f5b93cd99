package io.cartwheel.cli.demo.cluster;

import io.cartwheel.cli.console.CommandFailed;
import io.cartwheel.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports of loopback in a row that nobody listens on, below those that the kernel gives to outgoing
 * connections: such a connection could take a port while its node is down.
 */
final class FreePorts {
  private static final int STEP = 100;
  private static final int HIGHEST = 30_000;

  private FreePorts() {}

  /** The first of {@code count} free ports, the same as last time where that is possible. */
  static int row(int from, int count) throws CommandFailed {
    for (int first = from; first + count < HIGHEST; first += STEP) {
      if (areFree(first, count)) {
        return first;
      }
    }
    throw new CommandFailed(ExitCode.FAILED, "no " + count + " free ports in a row on loopback");
  }

  private static boolean areFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (!probe.isBound()) {
          return false;
        }
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
