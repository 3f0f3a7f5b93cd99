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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a stranger may send to the HTTP port, through all handlers that a connection has. */
public final class HttpFuzz {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int MAX_METADATA = 1 << 10;

  private static final Map<String, String> SETTINGS =
      Map.of("limits.max_value", "4KiB", "limits.max_metadata", Integer.toString(MAX_METADATA));

  /** The costliest answer of two siblings, and a first line of 8 KiB that is no ASCII. */
  private static final int ALLOCATED_PER_REQUEST = 32 << 10;

  private static final int ALLOCATED_PER_BYTE = 4;

  /** Beside what each byte may take. */
  private static final int ALLOCATED_PER_BYTE_OF_METADATA = 4;

  /** A header of metadata that is stored. */
  private static final int ALLOCATED_PER_LINE = 640;

  private static final int ALLOCATED_PER_READ = 256;

  private static final ServerParts PARTS = parts();

  private HttpFuzz() {}

  private static ServerParts parts() {
    try (var node = new LocalNode(SETTINGS)) {
      var door =
          new HttpNode(new EchoShards(node.view()), new SimpleMeterRegistry(), () -> "", node);
      return ServerParts.of(HttpSettings.of(node.configuration()), door);
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Has a connection take the input.
   *
   * @param input the first byte says in pieces of what size the rest arrives
   */
  public static void fuzzerTestOneInput(byte[] input) {
    if (!isWorkedOnElsewhere(input)) {
      // The first times also load classes and link call sites, more of them under a fuzzer.
      long excess = excessOf(input);
      for (int left = 3; left > 0 && excess > 0; left--) {
        excess = excessOf(input);
      }
      assertThat(excess).as("bytes allocated beyond what is allowed").isNotPositive();
    }
  }

  /** How much more is allocated than may be; negative when it is less. */
  private static long excessOf(byte[] input) {
    List<ByteBuf> pieces = pieces(input);
    var channel = new EmbeddedChannel();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    ConnectionSetup.addHandlers(channel.pipeline(), PARTS);
    for (ByteBuf piece : pieces) {
      if (channel.isOpen()) {
        channel.writeInbound(piece);
      } else {
        piece.release();
      }
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    return allocated - allowed(input, pieces.size(), answers(channel));
  }

  private static List<ByteBuf> pieces(byte[] input) {
    var pieces = new ArrayList<ByteBuf>();
    int size = input.length == 0 ? 1 : 1 + (input[0] & 0xFF) * 16;
    for (int from = 1; from < input.length; from += size) {
      pieces.add(Unpooled.copiedBuffer(input, from, Math.min(size, input.length - from)));
    }
    return pieces;
  }

  /** As docs/limits.md has it; a request that is not answered yet counts too. */
  private static long allowed(byte[] input, int reads, String answers) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    long lines = text.chars().filter(c -> c == '\n').count();
    long requests = answers.split("HTTP/1\\.1 [2-5]", -1).length;
    return requests * (ALLOCATED_PER_REQUEST + ALLOCATED_PER_BYTE_OF_METADATA * MAX_METADATA)
        + lines * ALLOCATED_PER_LINE
        + (long) reads * ALLOCATED_PER_READ
        + (long) input.length * ALLOCATED_PER_BYTE;
  }

  private static String answers(EmbeddedChannel channel) {
    var answers = new StringBuilder();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      answers.append(out.toString(StandardCharsets.ISO_8859_1));
      out.release();
    }
    channel.finishAndReleaseAll();
    String text = answers.toString();
    assertThat(text).doesNotContain("HTTP/1.1 500");
    assertThat(text.isEmpty() || text.startsWith("HTTP/1.1 ")).isTrue();
    assertThat(PARTS.bytes().used()).as("bytes held").isZero();
    assertThat(PARTS.requests().used()).as("requests under way").isZero();
    return text;
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
