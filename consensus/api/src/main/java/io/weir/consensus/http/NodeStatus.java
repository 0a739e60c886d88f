package io.weir.consensus.http;

import io.weir.consensus.StoreException;
import io.weir.consensus.http.wire.StatusJson;
import io.weir.consensus.log.LogStatus;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself, or why it does not.
 *
 * @param status null when there is a problem
 * @param problem null when there is a status
 */
public record NodeStatus(URI node, @Nullable LogStatus status, @Nullable String problem) {

  static NodeStatus of(URI node, Reply reply) {
    try {
      return new NodeStatus(node, reply.as(StatusJson::read), null);
    } catch (StoreException e) {
      return new NodeStatus(node, null, e.getMessage());
    }
  }
}
