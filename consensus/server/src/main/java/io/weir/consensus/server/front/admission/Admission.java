package io.weir.consensus.server.front.admission;

import io.weir.consensus.server.access.Token;
import io.weir.consensus.server.endpoints.HttpAnswer;
import io.weir.consensus.server.endpoints.Routes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was decided of a request before its body is looked at.
 *
 * @param method as it came
 * @param found where it leads
 * @param token that it came with; null for none that is known
 * @param refusal why it gets no further
 */
public record Admission(
    String method,
    Optional<Routes.Found> found,
    @Nullable Token token,
    Optional<HttpAnswer> refusal) {

  /** Whether it was let in and its answer needs the body. */
  public boolean hasBody() {
    return refusal.isEmpty() && found.orElseThrow().route().changes();
  }
}
