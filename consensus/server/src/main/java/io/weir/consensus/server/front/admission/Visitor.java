package io.weir.consensus.server.front.admission;

import io.weir.consensus.server.access.Token;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param token null for none that is known
 * @param isTokenShown whether there was one at all
 */
public record Visitor(@Nullable Token token, boolean isTokenShown) {

  private static final String BEARER = "Bearer ";

  /** The token of a header; empty for none. */
  static Optional<String> bearer(@Nullable String authorization) {
    return Optional.ofNullable(authorization)
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  String explainRefusal() {
    return isTokenShown
        ? "the token is not known"
        : "a token is missing; send the header Authorization: Bearer <token>";
  }
}
