package io.weir.consensus.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How a client reaches its cluster.
 *
 * @param nodes of the cluster, such as {@code https://127.0.0.1:7401}; each can answer everything
 * @param tls what the nodes' certificates are checked against, see {@link PemTls}
 * @param token sent with every request; what it may do is decided by the nodes
 * @param attemptLimit how long one node may take. Too short, and a slow node is left for another
 *     that is no faster; too long, and a node that hangs holds a call up for that long
 * @param callLimit how long a call may take at most, with all its attempts. Too short, and a change
 *     of the leader is seen by callers
 * @param maxInFlight calls that may wait at the same time; more are refused at once
 */
public record HttpStoreSettings(
    List<URI> nodes,
    SSLContext tls,
    String token,
    Duration attemptLimit,
    Duration callLimit,
    int maxInFlight) {

  public static final Duration DEFAULT_ATTEMPT_LIMIT = Duration.ofSeconds(1);
  public static final Duration DEFAULT_CALL_LIMIT = Duration.ofSeconds(10);
  private static final int DEFAULT_MAX_IN_FLIGHT = 1_000;

  public HttpStoreSettings {
    nodes = nodes.stream().distinct().toList(); // one that came twice would never be left
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no node is given");
    }
    nodes.forEach(HttpStoreSettings::checkNode);
    if (token.isBlank() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("the token must be printable ASCII without spaces");
    }
    if (attemptLimit.toMillis() < 1 || callLimit.toMillis() < 1 || maxInFlight < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: an attempt's %s, a call's %s, %d calls in flight"
              .formatted(attemptLimit, callLimit, maxInFlight));
    }
  }

  private static void checkNode(URI node) {
    boolean hasPath = node.getPath() != null && !node.getPath().matches("/?");
    if (!"https".equals(node.getScheme()) || node.getHost() == null || hasPath) {
      throw new IllegalArgumentException("node '" + node + "': must be https://host:port");
    }
  }

  /** With the usual limits. */
  public static HttpStoreSettings of(List<URI> nodes, SSLContext tls, String token) {
    return new HttpStoreSettings(
        nodes, tls, token, DEFAULT_ATTEMPT_LIMIT, DEFAULT_CALL_LIMIT, DEFAULT_MAX_IN_FLIGHT);
  }

  public HttpStoreSettings withAttemptLimit(Duration other) {
    return new HttpStoreSettings(nodes, tls, token, other, callLimit, maxInFlight);
  }

  public HttpStoreSettings withCallLimit(Duration other) {
    return new HttpStoreSettings(nodes, tls, token, attemptLimit, other, maxInFlight);
  }

  /** Without the token, which must not get into logs. */
  @Override
  public String toString() {
    return "HttpStoreSettings[nodes=%s, attemptLimit=%s, callLimit=%s, maxInFlight=%d]"
        .formatted(nodes, attemptLimit, callLimit, maxInFlight);
  }
}
