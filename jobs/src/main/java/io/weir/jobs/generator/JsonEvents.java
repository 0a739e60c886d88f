package io.weir.jobs.generator;

import static io.weir.jobs.generator.AsciiBuffer.ascii;

/** A JSON object a record, its time in ISO-8601 with milliseconds. */
final class JsonEvents implements EventFormat {

  private static final byte[] ID = ascii("{\"id\":");
  private static final byte[] TIME = ascii(",\"time\":\"");
  private static final byte[] YESTERDAY = ascii("yesterday");
  private static final byte[] UTC = ascii("Z");
  private static final byte[] HOST = ascii("\",\"host\":\"");
  private static final byte[] METHOD = ascii("\",\"method\":\"");
  private static final byte[] URL = ascii("\",\"url\":\"");
  private static final byte[] STATUS = ascii("\",\"status\":");
  private static final byte[] BYTES = ascii(",\"bytes\":");
  private static final byte[] AGENT = ascii(",\"agent\":\"");
  private static final byte[] END = ascii("\"}");

  private final AsciiBuffer out = new AsciiBuffer("uuuu-MM-dd");

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
    out.put(ID).putNumber(id).put(TIME);
    if (timeMillis == BAD_TIME) {
      out.put(YESTERDAY);
    } else {
      out.putSeconds(timeMillis, 'T').putMillis(timeMillis).put(UTC);
    }
    out.put(HOST).put(host).put(METHOD).put(method).put(URL).put(url).put(STATUS).put(status);
    return out.put(BYTES).putNumber(bytes).put(AGENT).put(agent).put(END).toBytes();
  }
}
