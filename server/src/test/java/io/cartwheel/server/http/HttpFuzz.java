package io.cartwheel.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cartwheel.core.item.Bytes;
import io.cartwheel.server.config.ConfigException;
import io.cartwheel.server.http.message.PercentEncoder;
import io.cartwheel.server.http.message.RefusedException;
import io.cartwheel.server.http.message.Target;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a stranger may send to the HTTP port, through all handlers that a connection has. */
public final class HttpFuzz {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The connection with its handlers, and a first answer. */
  private static final int ALLOCATED_ANYWAY = 256 << 10;

  /** The shortest request has 20 bytes; its answer takes some kilobytes on its way. */
  private static final int ALLOCATED_PER_BYTE = 256;

  private static final ServerParts PARTS = parts();

  private HttpFuzz() {}

  private static ServerParts parts() {
    try (var node = new LocalNode(Map.of("limits.max_value", "4KiB"))) {
      var door =
          new HttpNode(new EchoShards(node.view()), new SimpleMeterRegistry(), () -> "", node);
      return ServerParts.of(HttpSettings.of(node.configuration()), door);
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (!isWorkedOnElsewhere(input)) {
      long allowed = ALLOCATED_ANYWAY + (long) ALLOCATED_PER_BYTE * input.length;
      // The first times also load classes and link call sites, more of them under a fuzzer.
      long allocated = allocatedBy(input);
      for (int left = 3; left > 0 && allocated > allowed; left--) {
        allocated = allocatedBy(input);
      }
      assertThat(allocated).as("bytes allocated").isLessThanOrEqualTo(allowed);
    }
  }

  private static long allocatedBy(byte[] input) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    String answers = exchange(input);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(answers).doesNotContain("HTTP/1.1 500");
    assertThat(answers.isEmpty() || answers.startsWith("HTTP/1.1 ")).isTrue();
    assertThat(PARTS.bytes().used()).as("bytes held").isZero();
    assertThat(PARTS.requests().used()).as("requests under way").isZero();
    return allocated;
  }

  private static String exchange(byte[] input) {
    var channel = new EmbeddedChannel();
    ConnectionSetup.addHandlers(channel.pipeline(), PARTS);
    int piece = input.length == 0 ? 1 : 1 + (input[0] & 0xFF) * 16;
    for (int from = 1; from < input.length && channel.isOpen(); from += piece) {
      int length = Math.min(piece, input.length - from);
      channel.writeInbound(Unpooled.copiedBuffer(input, from, length));
    }
    var answers = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      answers.append(out.toString(StandardCharsets.ISO_8859_1));
      out.release();
    }
    channel.finishAndReleaseAll();
    return answers.toString();
  }

  /** What is done on threads of its own can't be awaited here. Looks at all targets on the way. */
  private static boolean isWorkedOnElsewhere(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    for (String word : text.split("[\\s\\x00-\\x20\\x85]+", -1)) {
      try {
        Target target = Target.parse(word);
        assertThat(Target.parse(written(target)).path()).isEqualTo(target.path());
        List<Bytes> path = target.path();
        String first = path.isEmpty() ? "" : path.getFirst().toUtf8();
        if (first.equals("metrics") || first.equals("admin")) {
          return true;
        }
      } catch (RefusedException _) {
        // As it should be.
      }
    }
    return false;
  }

  private static String written(Target target) {
    return target.path().stream()
        .map(PercentEncoder::encode)
        .collect(Collectors.joining("/", "/", ""));
  }
}
