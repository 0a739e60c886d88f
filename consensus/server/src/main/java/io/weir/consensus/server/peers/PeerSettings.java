package io.weir.consensus.server.peers;

import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a node speaks with the others.
 *
 * @param cluster nodes of another cluster are refused, whoever signed their certificates
 * @param address this node's own, {@code host:port}
 * @param limit within which a question is answered, and a connection made. Too short, and a busy
 *     node looks dead; too long, and a question to a node that hangs holds up whoever asks
 * @param tls with which both sides show a certificate; none only in tests
 */
public record PeerSettings(
    String cluster, String address, Duration limit, @Nullable SSLContext tls) {

  int limitMillis() {
    return Math.toIntExact(limit.toMillis());
  }

  static InetSocketAddress parse(String address) {
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }
}
