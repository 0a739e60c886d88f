package io.weir.jobs.generator;

import static io.weir.jobs.generator.AsciiBuffer.ascii;

/** Lines in Apache's combined log format; times have whole seconds and events no id. */
final class CombinedEvents implements EventFormat {

  private static final byte[] USER = ascii(" - - [");
  private static final byte[] YESTERDAY = ascii("yesterday");
  private static final byte[] UTC = ascii(" +0000");
  private static final byte[] REQUEST = ascii("] \"");
  private static final byte[] SPACE = ascii(" ");
  private static final byte[] PROTOCOL = ascii(" HTTP/1.1\" ");
  private static final byte[] REFERRER = ascii(" \"-\" \"");
  private static final byte[] END = ascii("\"");

  private final AsciiBuffer out = new AsciiBuffer("dd/MMM/uuuu");

  @Override
  public byte[] write(
      long id,
      long timeMillis,
      byte[] host,
      byte[] method,
      byte[] url,
      byte[] status,
      long bytes,
      byte[] agent) {
    out.clear();
    out.put(host).put(USER);
    if (timeMillis == BAD_TIME) {
      out.put(YESTERDAY);
    } else {
      out.putSeconds(timeMillis, ':').put(UTC);
    }
    out.put(REQUEST).put(method).put(SPACE).put(url).put(PROTOCOL).put(status).put(SPACE);
    return out.putNumber(bytes).put(REFERRER).put(agent).put(END).toBytes();
  }
}
