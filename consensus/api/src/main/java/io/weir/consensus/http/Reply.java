package io.weir.consensus.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.StoreException;
import io.weir.consensus.http.envelope.Envelope;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.Refusal;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of a question: a node's answer, or the reason why there is none. */
final class Reply {

  private final int status;
  private final ObjectNode body;
  private final @Nullable StoreException failure;

  private Reply(int status, ObjectNode body, @Nullable StoreException failure) {
    this.status = status;
    this.body = body;
    this.failure = failure;
  }

  static Reply failed(StoreException failure) {
    return new Reply(0, Json.object(), failure);
  }

  static Reply of(URI node, Envelope answer) {
    byte[] body = answer.body();
    if (body == null) {
      return failed(notOfANode(node, "a body of " + answer.bytes() + " bytes"));
    }
    try {
      return new Reply(
          Integer.parseInt(answer.subject()),
          body.length == 0 ? Json.object() : Json.read(body),
          null);
    } catch (NumberFormatException | StoreException.InvalidRequest e) {
      return failed(notOfANode(node, "status " + answer.subject() + ", " + e.getMessage()));
    }
  }

  private static StoreException notOfANode(URI node, String what) {
    return new StoreException.OutcomeUnknown(
        "node " + node.getAuthority() + ": an answer that is not understood: " + what);
  }

  /** Whether a node said it. */
  boolean isAnswer() {
    return failure == null;
  }

  /** Reads the answer, or throws what the node refused, or why there is no answer. */
  <T extends @Nullable Object> T as(Function<ObjectNode, T> decode) {
    if (failure != null) {
      throw failure;
    }
    if (status / 100 != 2) {
      throw Refusal.read(status, body);
    }
    try {
      return decode.apply(body);
    } catch (StoreException.InvalidRequest e) {
      // Not the request is wrong but the answer.
      throw new StoreException.OutcomeUnknown(
          "an answer that is not understood: " + e.getMessage());
    }
  }
}
