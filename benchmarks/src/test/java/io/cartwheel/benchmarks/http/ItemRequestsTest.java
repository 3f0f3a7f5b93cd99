package io.cartwheel.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ItemRequestsTest {
  private static final Node NODE = new Node("::1", 8098);

  @Test
  void aReadNamesTheRecord() {
    var requests = new ItemRequests("t", "a b+c/d", 0);
    assertThat(text(requests.get(1234, NODE)))
        .startsWith("GET /types/t/buckets/a%20b%2Bc%2Fd/keys/user0000001234 HTTP/1.1\r\n")
        .endsWith("\r\nHost: [::1]:8098\r\n\r\n");
  }

  @Test
  void aWriteCarriesItsContextAndItsValue() {
    var requests = new ItemRequests("t", "b", 3);
    ByteBuffer value = ByteBuffer.wrap("xyz".getBytes(StandardCharsets.ISO_8859_1));
    for (int times = 0; times < 2; times++) {
      assertThat(text(requests.put(0, NODE, "abc=", value)))
          .startsWith("PUT /types/t/buckets/b/keys/user0000000000 HTTP/1.1\r\n")
          .contains("\r\nX-Riak-Vclock: abc=\r\n", "\r\nContent-Length: 3\r\n")
          .endsWith("\r\n\r\nxyz");
    }
  }

  @Test
  void aWriteOfWhatWasNeverSeenCarriesNoContext() {
    var requests = new ItemRequests("t", "b", 0);
    assertThat(text(requests.put(0, NODE, "", ByteBuffer.allocate(0)))).doesNotContain("Vclock");
  }

  private static String text(ByteBuffer request) {
    return StandardCharsets.ISO_8859_1.decode(request).toString();
  }
}
