package io.weir.consensus.http.envelope;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request or an answer among others: a line, and as many bytes as its last word says.
 *
 * <pre>
 * 7 PUT /v1/jobs/shop 31
 * {"expected":4,"document":"..."}7 200 19
 * {"version":5, ... }
 * </pre>
 *
 * <p>An answer bears the number of its request. Answers come as they are ready, in any order.
 *
 * @param number the client's, for as long as it waits for the answer
 * @param subject a method and a path with its query; or a status
 * @param bytes that the body has
 * @param body null when it is larger than its reader takes
 */
public record Envelope(long number, String subject, long bytes, byte @Nullable [] body) {

  /** As it travels. */
  public static byte[] encode(long number, String subject, byte[] body) {
    byte[] head =
        (number + " " + subject + " " + body.length + "\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }
}
