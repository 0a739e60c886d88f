package io.weir.consensus.server.front;

import io.weir.consensus.server.front.admission.FrontLimits;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a front listens, and what it shows.
 *
 * @param host to bind, a name or an address
 * @param port to bind; 0 for any that is free
 * @param certificate PEM file: the node's certificate, followed by those that lead to its authority
 * @param key PEM file: the certificate's key, PKCS#8
 * @param clientAuthority PEM file: clients must show a certificate that it signed, besides a token;
 *     null for clients that have a token only
 * @param limits what one client may take
 */
public record FrontSettings(
    String host,
    int port,
    Path certificate,
    Path key,
    @Nullable Path clientAuthority,
    FrontLimits limits) {

  public FrontSettings {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "front %s:%d: a host and a port from 0 to 65535 are needed".formatted(host, port));
    }
  }

  public static FrontSettings of(String host, int port, Path certificate, Path key) {
    return new FrontSettings(host, port, certificate, key, null, FrontLimits.DEFAULT);
  }

  public FrontSettings withClientAuthority(Path other) {
    return new FrontSettings(host, port, certificate, key, other, limits);
  }

  public FrontSettings withLimits(FrontLimits other) {
    return new FrontSettings(host, port, certificate, key, clientAuthority, other);
  }
}
