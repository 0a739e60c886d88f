package io.weir.consensus.http.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

  private static final int MAX_HEAD = 40;
  private static final int MAX_BODY = 100;

  private final EnvelopeReader reader = new EnvelopeReader(MAX_HEAD, MAX_BODY);
  private final List<String> read = new ArrayList<>();

  private void read(byte[] bytes) throws ProtocolException {
    reader.read(ByteBuffer.wrap(bytes), envelope -> read.add(describe(envelope)));
  }

  private static String describe(Envelope envelope) {
    byte[] body = envelope.body();
    return "%d %s %d %s"
        .formatted(
            envelope.number(),
            envelope.subject(),
            envelope.bytes(),
            body == null ? "too large" : "'" + new String(body, UTF_8) + "'");
  }

  private static byte[] row(byte[]... envelopes) {
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    for (byte[] envelope : envelopes) {
      row.writeBytes(envelope);
    }
    return row.toByteArray();
  }

  private static byte[] envelope(long number, String subject, String body) {
    return Envelope.encode(number, subject, body.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 50, 1_000})
  void readsWhatWasWrittenInWhateverPiecesItComes(int size) throws ProtocolException {
    byte[] row =
        row(
            envelope(7, "PUT /v1/jobs/a", "{\"a\":\n \"ü\"}"),
            envelope(Long.MAX_VALUE, "200", ""),
            envelope(0, "GET /b c", "x".repeat(MAX_BODY)));

    for (int from = 0; from < row.length; from += size) {
      int length = Math.min(size, row.length - from);
      reader.read(ByteBuffer.wrap(row, from, length), envelope -> read.add(describe(envelope)));
    }

    assertThat(read)
        .containsExactly(
            "7 PUT /v1/jobs/a 12 '{\"a\":\n \"ü\"}'",
            Long.MAX_VALUE + " 200 0 ''",
            "0 GET /b c 100 '" + "x".repeat(MAX_BODY) + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000})
  void readsPastABodyThatIsTooLarge(int size) throws ProtocolException {
    byte[] row = row(envelope(1, "PUT /a", "7 200 1\n".repeat(20)), envelope(2, "GET /b", "small"));

    for (int from = 0; from < row.length; from += size) {
      int length = Math.min(size, row.length - from);
      reader.read(ByteBuffer.wrap(row, from, length), envelope -> read.add(describe(envelope)));
    }

    assertThat(read).containsExactly("1 PUT /a 160 too large", "2 GET /b 5 'small'");
  }

  /** By itself, so that nothing is left of it, and its buffer is let go. */
  @ParameterizedTest
  @ValueSource(ints = {4_000, 70_000, 1_000_000})
  void readsLargeOnesOneAfterTheOther(int size) throws ProtocolException {
    EnvelopeReader large = new EnvelopeReader(MAX_HEAD, 500_000);
    List<Long> bytes = new ArrayList<>();

    for (int number = 1; number <= 3; number++) {
      byte[] row = Envelope.encode(number, "PUT /a", new byte[100_000 * number]);
      for (int from = 0; from < row.length; from += size) {
        int length = Math.min(size, row.length - from);
        large.read(ByteBuffer.wrap(row, from, length), envelope -> bytes.add(envelope.bytes()));
      }
    }

    assertThat(bytes).containsExactly(100_000L, 200_000L, 300_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'GET /a HTTP/1.1\r\n'; \"GET\" is no number",
        "'-1 GET /a 0\n'; \"-1\" is no number",
        "'1 GET /a -1\n'; \"-1\" is no number",
        "'1 GET /a\n'; \"/a\" is no number",
        "'1 0\n'; no envelope begins with \"1 0\"",
        "'\n'; no envelope begins with \"\"",
        "'1 PUT /a 99999999999999999999\n'; \"99999999999999999999\" is no number",
        "'1 PUT /a 99999999\n'; a body of 99999999 bytes, of which 100 are allowed",
        "'1 GET /0123456789012345678901234567890123456789'; line has more than 40 bytes",
      })
  void refusesWhatIsNoEnvelope(String text, String reason) {
    assertThatThrownBy(() -> read(text.getBytes(UTF_8)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining(reason.replace('"', '\''));
  }

  /** Else it would be handed on again what came before that. */
  @Test
  void throwsAwayWhatComesBehindWhatIsNoEnvelope() throws ProtocolException {
    byte[] row = row(envelope(1, "GET /a", ""), "nonsense\n".getBytes(UTF_8));
    assertThatThrownBy(() -> read(row)).isInstanceOf(ProtocolException.class);

    read(envelope(2, "GET /b", ""));

    assertThat(read).containsExactly("1 GET /a 0 ''");
  }
}
