package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.frame.Workplace;
import io.weir.benchmarks.pipeline.sides.Contender;
import io.weir.benchmarks.pipeline.sides.RunningSystem;
import io.weir.benchmarks.pipeline.stream.EventFeed;
import io.weir.benchmarks.pipeline.stream.EventStream;
import io.weir.benchmarks.pipeline.stream.ResultReader;
import io.weir.benchmarks.pipeline.stream.Topics;
import io.weir.benchmarks.pipeline.totals.Event;
import io.weir.benchmarks.pipeline.totals.Expected;
import io.weir.benchmarks.pipeline.totals.Received;
import io.weir.jobs.generator.EventMaker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Events at a steady rate, each written when its time has come. Measured is from an event's time
 * until a reader of committed records has the row that it is part of, for each event.
 */
final class LatencyTrial {

  static final int WINDOW_SECONDS = 1;

  private static final int COLD_SECONDS = 15;

  /** Twenty intervals by default, in which their moments and those of windows meet in all ways. */
  private static final int MEASURED_SECONDS = 38;

  /** So that the measured windows close in the middle of the stream. */
  private static final int REST_SECONDS = 5;

  /** From now until the first live event. */
  private static final int RUN_UP_SECONDS = 1;

  private final Bench bench;
  private final Setting setting;
  private final long perSecond;

  /**
   * What readers saw.
   *
   * @param feedBehindMillis how late the latest event was written
   */
  record Outcome(long p50Millis, long p99Millis, long feedBehindMillis) {}

  /**
   * A trial.
   *
   * @param perSecond events
   */
  LatencyTrial(Bench bench, Setting setting, long perSecond) {
    this.bench = bench;
    this.setting = setting;
    this.perSecond = perSecond;
  }

  Outcome run(Contender contender) throws Exception {
    Workplace place = bench.place();
    String name = bench.nextTrial(contender);
    Expected expected = new Expected(TimeUnit.SECONDS.toMillis(WINDOW_SECONDS));
    Topics topics = place.start(() -> Topics.create(bench.servers(), name, setting.partitions()));
    RunningSystem system =
        place.start(
            () ->
                RunningSystem.start(
                    contender,
                    bench.home(),
                    setting.task(topics, WINDOW_SECONDS, bench.folder(name))));
    ResultReader reader =
        place.start(
            () -> ResultReader.start(topics.servers(), topics.output(), setting.partitions()));
    warmUp(topics, system, reader, expected);
    EventFeed feed =
        place.start(() -> EventFeed.live(topics.servers(), topics.input(), setting.partitions()));
    EventStream live = stream(Instant.now().plusSeconds(RUN_UP_SECONDS));
    long events = perSecond * (COLD_SECONDS + MEASURED_SECONDS + REST_SECONDS);
    long behind = feed.pace(live, events);
    count(live, events, expected);
    long closed = closed(live, events);
    Waiting.forRows(system, reader, expected, closed);
    expected.check(reader.received(), closed);
    Outcome outcome = outcome(live, expected, reader.received(), behind);
    place.close(feed);
    place.close(reader);
    place.close(system);
    place.close(topics);
    return outcome;
  }

  private EventStream stream(Instant start) {
    return new EventStream(
        start.truncatedTo(ChronoUnit.MILLIS), perSecond, setting.keys(), Duration.ZERO);
  }

  /** A backlog, as old as it is long, so that time goes on from it to the live events. */
  private void warmUp(Topics topics, RunningSystem system, ResultReader reader, Expected expected)
      throws IOException {
    long events = setting.warmUp();
    EventStream past =
        stream(Instant.now().minusSeconds(events / perSecond + 1).truncatedTo(ChronoUnit.SECONDS));
    try (EventFeed feed =
        EventFeed.transactional(topics.servers(), topics.input(), setting.partitions())) {
      feed.write(past.maker(), 0, events);
      feed.commit();
    }
    count(past, events, expected);
    Waiting.forRows(system, reader, expected, closed(past, events));
  }

  private long closed(EventStream stream, long events) {
    return stream.closedMillis(events, setting.partitions(), Setting.LATENESS_SECONDS);
  }

  private static void count(EventStream stream, long events, Expected expected) throws IOException {
    EventMaker maker = stream.maker();
    for (long event = 0; event < events; event++) {
      expected.add(Event.parse(maker.make(event)));
    }
  }

  private Outcome outcome(EventStream live, Expected expected, Received received, long behind)
      throws IOException {
    EventMaker maker = live.maker();
    long from = perSecond * COLD_SECONDS;
    long[] millis = new long[Math.toIntExact(perSecond * MEASURED_SECONDS)];
    for (int i = 0; i < millis.length; i++) {
      Event event = Event.parse(maker.make(from + i));
      millis[i] =
          received
                  .seenAt(expected.windowOf(event.timeMillis()), event.url())
                  .orElseThrow(() -> new IOException("the row of " + event + " is missing"))
              - event.timeMillis();
    }
    Arrays.sort(millis);
    return new Outcome(rank(millis, 0.5), rank(millis, 0.99), behind);
  }

  /** The nearest rank. */
  private static long rank(long[] sorted, double q) {
    return sorted[(int) Math.ceil(q * sorted.length) - 1];
  }
}
