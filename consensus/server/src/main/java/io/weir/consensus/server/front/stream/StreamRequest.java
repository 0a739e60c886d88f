package io.weir.consensus.server.front.stream;

import io.weir.consensus.http.envelope.Envelope;
import io.weir.consensus.server.endpoints.HttpAnswer;
import io.weir.consensus.server.front.admission.Admission;
import io.weir.consensus.server.front.admission.Reception;
import io.weir.consensus.server.front.admission.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A request that came by a stream.
 *
 * @param number the client's
 * @param query as it came; null for none
 * @param body empty when it is refused for its size
 */
record StreamRequest(
    long number, Admission admission, @Nullable String query, byte[] body, long beganNanos) {

  private static final byte[] NOTHING = {};

  /** Reads and judges what an envelope asks for: {@code METHOD /path?query}. */
  static StreamRequest of(Envelope envelope, Reception reception, Visitor visitor) {
    String subject = envelope.subject();
    int space = subject.indexOf(' ');
    String method = space < 0 ? subject : subject.substring(0, space);
    String target = subject.substring(space + 1);
    int mark = target.indexOf('?');
    byte[] body = envelope.body();
    return new StreamRequest(
        envelope.number(),
        reception.admit(
            visitor, method, mark < 0 ? target : target.substring(0, mark), envelope.bytes()),
        mark < 0 ? null : target.substring(mark + 1),
        body == null ? NOTHING : body,
        System.nanoTime());
  }

  byte[] envelope(HttpAnswer answer) {
    return Envelope.encode(number, String.valueOf(answer.status()), answer.body());
  }
}
