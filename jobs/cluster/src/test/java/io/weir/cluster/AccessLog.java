package io.weir.cluster;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A web server's log of some minutes, always the same, in the combined log format and a little out
 * of order; and what the analytics job has to say about it, computed from the requests themselves
 * in the plainest way.
 */
record AccessLog(List<Request> requests) {

  /** A request stands less than this behind a later one. */
  static final int DISORDER_SECONDS = 30;

  private static final int REQUESTS = 400;
  private static final int SECONDS_BETWEEN = 1;
  private static final long SEED = 2;
  private static final Instant START = Instant.parse("2025-03-30T23:56:10Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);
  private static final int[] STATUSES = {200, 200, 200, 200, 200, 200, 304, 404, 500};

  /**
   * A request.
   *
   * @param zoneHours in which time zone the log says its time
   * @param bytes none is a hyphen in the log and counts as 0
   */
  record Request(String host, Instant time, int zoneHours, int status, long bytes) {

    String line() {
      OffsetDateTime local = time.atOffset(ZoneOffset.ofHours(zoneHours));
      return "%s - - [%s] \"GET /a?q=\\\"b\\\" HTTP/1.1\" %d %s \"-\" \"Mozilla/5.0 (X11)\""
          .formatted(host, TIME.format(local), status, bytes == 0 ? "-" : bytes);
    }
  }

  /**
   * What the job says about a minute and a status.
   *
   * @param version of the configuration; there is none yet
   */
  record Result(
      Instant start,
      Instant end,
      int status,
      long requests,
      long hosts,
      long bytes,
      long p95,
      long version) {}

  static AccessLog make() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      int behind = random.nextInt(DISORDER_SECONDS);
      int status = STATUSES[random.nextInt(STATUSES.length)];
      requests.add(
          new Request(
              "192.0.2." + random.nextInt(1, 9),
              START.plusSeconds((long) i * SECONDS_BETWEEN - behind),
              random.nextInt(-1, 2),
              status,
              status == 304 ? 0 : random.nextLong(1, 100_000)));
    }
    return new AccessLog(List.copyOf(requests));
  }

  List<String> lines() {
    return requests.stream().map(Request::line).toList();
  }

  /** One result for every minute and status below a limit that has requests. */
  List<Result> perMinuteAndStatusBelow(int limit) {
    TreeMap<Instant, TreeMap<Integer, List<Request>>> groups = new TreeMap<>();
    for (Request request : requests) {
      if (request.status() < limit) {
        groups
            .computeIfAbsent(request.time().truncatedTo(ChronoUnit.MINUTES), at -> new TreeMap<>())
            .computeIfAbsent(request.status(), status -> new ArrayList<>())
            .add(request);
      }
    }
    List<Result> results = new ArrayList<>();
    groups.forEach(
        (start, minute) ->
            minute.forEach((status, group) -> results.add(result(start, status, group))));
    return results;
  }

  private static Result result(Instant start, int status, List<Request> group) {
    long[] bytes = group.stream().mapToLong(Request::bytes).sorted().toArray();
    // Nearest rank: the smallest value that at least 95 of 100 values do not exceed.
    int rank = (95 * bytes.length + 99) / 100;
    long hosts = group.stream().map(Request::host).distinct().count();
    long sum = group.stream().mapToLong(Request::bytes).sum();
    Instant end = start.plus(1, ChronoUnit.MINUTES);
    return new Result(start, end, status, bytes.length, hosts, sum, bytes[rank - 1], 0);
  }
}
