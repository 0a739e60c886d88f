package io.weir.consensus.http.envelope;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes envelopes out of bytes as they come, in pieces of any size. Holds one envelope at most that
 * is not yet whole. For one thread at a time.
 */
public final class EnvelopeReader {

  private static final int LEAST_BYTES = 4 * 1024;
  private static final int KEPT_BYTES = 64 * 1024;

  /** Of a body that is too large: so much is read past, for the sake of what follows it. */
  private static final long MAX_SKIPPED = 16L << 20;

  private final int maxHead;
  private final int maxBody;
  private byte[] buffer = new byte[LEAST_BYTES];
  private int filled;
  private long toSkip;

  /**
   * @param maxHead bytes of an envelope's line
   * @param maxBody bytes of a body that are taken
   */
  public EnvelopeReader(int maxHead, int maxBody) {
    this.maxHead = maxHead;
    this.maxBody = maxBody;
  }

  /**
   * Reads on.
   *
   * @param recipient gets what has become whole; a body that is too large is null, and comes as
   *     soon as its line is read
   * @throws ProtocolException when it is no envelope; what comes behind it cannot be read, and is
   *     thrown away from then on
   */
  public void read(ByteBuffer input, Consumer<Envelope> recipient) throws ProtocolException {
    skip(input);
    append(input);
    try {
      forget(takeAll(recipient));
    } catch (ProtocolException e) {
      filled = 0;
      toSkip = Long.MAX_VALUE;
      throw e;
    }
  }

  /** Takes what is whole, and returns where it ends. */
  private int takeAll(Consumer<Envelope> recipient) throws ProtocolException {
    int start = 0;
    int end = take(start, recipient);
    while (end > start && end < filled) {
      start = end;
      end = take(start, recipient);
    }
    return end;
  }

  private void skip(ByteBuffer input) {
    int skipped = (int) Math.min(toSkip, input.remaining());
    input.position(input.position() + skipped);
    toSkip -= skipped;
  }

  private void append(ByteBuffer input) {
    int bytes = input.remaining();
    if (filled + bytes > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, filled + bytes));
    }
    input.get(buffer, filled, bytes);
    filled += bytes;
  }

  private void forget(int start) {
    filled -= start;
    if (filled == 0 && buffer.length > KEPT_BYTES) {
      buffer = new byte[LEAST_BYTES];
    } else if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled);
    }
  }

  /** Takes one envelope, and returns where it ends; or its start, when it is not whole yet. */
  private int take(int start, Consumer<Envelope> recipient) throws ProtocolException {
    int lineEnd = lineEnd(start);
    if (lineEnd < 0) {
      return start;
    }
    String line = new String(buffer, start, lineEnd - start, StandardCharsets.ISO_8859_1);
    int first = line.indexOf(' ');
    int last = line.lastIndexOf(' ');
    if (first < 1 || last <= first) {
      throw new ProtocolException("no envelope begins with '" + shorten(line) + "'");
    }
    long number = number(line, line.substring(0, first));
    String subject = line.substring(first + 1, last);
    long bytes = number(line, line.substring(last + 1));
    int bodyStart = lineEnd + 1;
    if (bytes > maxBody) {
      recipient.accept(new Envelope(number, subject, bytes, null));
      return skipped(bodyStart, bytes);
    }
    if (filled - bodyStart < bytes) {
      return start;
    }
    int bodyEnd = bodyStart + (int) bytes;
    byte[] body = Arrays.copyOfRange(buffer, bodyStart, bodyEnd);
    recipient.accept(new Envelope(number, subject, bytes, body));
    return bodyEnd;
  }

  private int skipped(int bodyStart, long bytes) throws ProtocolException {
    if (bytes > MAX_SKIPPED) {
      throw new ProtocolException(
          "a body of %d bytes, of which %d are allowed; beyond %d nothing behind it is read"
              .formatted(bytes, maxBody, MAX_SKIPPED));
    }
    int here = (int) Math.min(bytes, filled - bodyStart);
    toSkip = bytes - here;
    return bodyStart + here;
  }

  private int lineEnd(int start) throws ProtocolException {
    int limit = Math.min(filled, start + maxHead);
    for (int i = start; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    if (filled - start >= maxHead) {
      throw new ProtocolException("an envelope's line has more than " + maxHead + " bytes");
    }
    return -1;
  }

  private static long number(String line, String digits) throws ProtocolException {
    try {
      long number = Long.parseLong(digits);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number below zero.
    }
    throw new ProtocolException(
        "an envelope's line is '" + shorten(line) + "'; '" + shorten(digits) + "' is no number");
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
