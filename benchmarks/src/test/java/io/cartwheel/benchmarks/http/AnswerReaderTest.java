package io.cartwheel.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  private static final String FOUND =
      "HTTP/1.1 200 OK\r\nX-Riak-Vclock: a85h+/=\r\ncontent-length: 5\r\n\r\nHTTP/";

  @Test
  void theContextAndTheLengthOfAnAnswerAreTaken() throws IOException {
    assertThat(reader(FOUND).read()).isEqualTo(new Answer(200, "a85h+/=", 5, 0, true));
  }

  @Test
  void answersFollowOneAnotherHoweverTheyAreCutUp() throws IOException {
    String written = "HTTP/1.1 204 No Content\r\nX-RIAK-VCLOCK:abc\r\n\r\n";
    AnswerReader reader = new AnswerReader(byteByByte(FOUND + written + FOUND));
    assertThat(reader.read().context()).isEqualTo("a85h+/=");
    assertThat(reader.read()).isEqualTo(new Answer(204, "abc", 0, 0, true));
    assertThat(reader.read().bodyBytes()).isEqualTo(5);
  }

  @Test
  void aContextIsNotKeptForTheNextAnswer() throws IOException {
    AnswerReader reader = reader(FOUND + "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    reader.read();
    assertThat(reader.read().context()).isEmpty();
  }

  @Test
  void siblingsAreCounted() throws IOException {
    String body = "Siblings:\n4XK2\n5YL3\n6ZM4\n";
    String head = "HTTP/1.1 300 Multiple Choices\r\nX-Riak-Vclock: x\r\nContent-Length: ";
    Answer answer = reader(head + body.length() + "\r\n\r\n" + body).read();
    assertThat(answer.siblings()).isEqualTo(3);
    assertThat(answer.isSuccess()).isTrue();
  }

  @Test
  void chunksAreAddedUp() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    String chunks = "5\r\nabcde\r\n1A;x=y\r\n" + "z".repeat(26) + "\r\n0\r\nTrailer: t\r\n\r\n";
    AnswerReader reader = reader(head + chunks + FOUND);
    assertThat(reader.read().bodyBytes()).isEqualTo(31);
    assertThat(reader.read().status()).isEqualTo(200);
  }

  @Test
  void aBodyMayBeLargerThanTheBuffer() throws IOException {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
    AnswerReader reader = reader(head + "x".repeat(1_000_000) + FOUND);
    assertThat(reader.read().bodyBytes()).isEqualTo(1_000_000);
    assertThat(reader.read().context()).isEqualTo("a85h+/=");
  }

  @Test
  void anInterimAnswerIsPassedOver() throws IOException {
    assertThat(reader("HTTP/1.1 100 Continue\r\n\r\n" + FOUND).read().status()).isEqualTo(200);
  }

  @Test
  void aConnectionThatWillCloseIsNotLasting() throws IOException {
    String closing = "HTTP/1.1 503 X\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n";
    assertThat(reader(closing).read().lasting()).isFalse();
  }

  @Test
  void anAnswerThatEndsEarlyIsNoAnswerWhereverItEnds() {
    for (int length = 0; length < FOUND.length(); length++) {
      AnswerReader reader = reader(FOUND.substring(0, length));
      assertThatThrownBy(reader::read)
          .as("after %d bytes", length)
          .isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1234567890123456789\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nno length",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n"
      })
  void whatIsNoHttpIsSaidToBeNone(String bytes) {
    assertThatThrownBy(() -> reader(bytes).read()).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aHeadWithoutEndIsNotReadForever() {
    AnswerReader reader = reader("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000));
    assertThatThrownBy(reader::read).isInstanceOf(ProtocolException.class);
  }

  private static AnswerReader reader(String bytes) {
    return new AnswerReader(channel(bytes));
  }

  private static ReadableByteChannel channel(String bytes) {
    return Channels.newChannel(
        new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A channel that gives one byte at a time. */
  private static ReadableByteChannel byteByByte(String bytes) {
    ReadableByteChannel whole = channel(bytes);
    return new ReadableByteChannel() {
      @Override
      public int read(ByteBuffer to) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        int read = whole.read(one);
        to.put(one.flip());
        return read;
      }

      @Override
      public boolean isOpen() {
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
