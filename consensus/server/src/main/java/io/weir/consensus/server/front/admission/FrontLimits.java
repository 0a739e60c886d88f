package io.weir.consensus.server.front.admission;

import java.time.Duration;

/**
 * What a front gives at most.
 *
 * @param bodyBytes of a request's body. Below twice a document's limit, documents full of quotes
 *     are refused for their escapes
 * @param headerBytes of a request's line and headers. Below 12 KiB, long reasons of deletions do
 *     not fit
 * @param connections open at the same time; more wait to be accepted. A node of the usual heap has
 *     room for that many
 * @param watchers that wait at the same time; more are sent to another node
 * @param idle after which an idle connection is closed. Too short, and clients connect anew for
 *     every call
 * @param crowded the same while all connections are taken, so that others find room soon. Watches
 *     ask every second, and are not idle
 * @param answer within which a request is answered, whatever the store does; watches have their
 *     wait besides. Shorter than the store's own limit, and clients hear less of what happened
 */
public record FrontLimits(
    int bodyBytes,
    int headerBytes,
    int connections,
    int watchers,
    Duration idle,
    Duration crowded,
    Duration answer) {

  public static final FrontLimits DEFAULT =
      new FrontLimits(
          640 * 1024,
          16 * 1024,
          1_000,
          500,
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10));

  public FrontLimits {
    if (bodyBytes < 1 || headerBytes < 1 || connections < 1 || watchers < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: %d bytes of body, %d of headers, %d connections, %d watchers"
              .formatted(bodyBytes, headerBytes, connections, watchers));
    }
    if (idle.toMillis() < 1 || crowded.toMillis() < 1 || answer.toMillis() < 1) {
      throw new IllegalArgumentException(
          "limits must be positive: idle %s, crowded %s, answer %s"
              .formatted(idle, crowded, answer));
    }
  }
}
