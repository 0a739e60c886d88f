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
import io.weir.jobs.generator.EventMaker;
import io.weir.jobs.generator.GeneratorSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A backlog as fast as it goes. The system first works off some events in which its code becomes
 * warm. The events that are counted are then written in one transaction, so that they are all there
 * before the first of them can be read; the clocks run from its commit until the last row that they
 * make complete can be read.
 */
final class ThroughputTrial {

  static final int WINDOW_SECONDS = 10;

  private static final long PER_SECOND = 10_000;
  private static final Duration DISORDER = Duration.ofMillis(500);

  private final Bench bench;
  private final Setting setting;
  private final EventStream stream;
  private final Expected expected;

  /**
   * What a system used for the events that are counted.
   *
   * @param cpuSeconds of the whole process
   * @param memoryMb the most that the process ever held
   */
  record Outcome(long events, double cpuSeconds, double wallSeconds, double memoryMb) {

    double perCpuSecond() {
      return events / cpuSeconds;
    }

    double perSecond() {
      return events / wallSeconds;
    }
  }

  ThroughputTrial(Bench bench, Setting setting) throws IOException {
    this.bench = bench;
    this.setting = setting;
    stream = new EventStream(GeneratorSettings.FIXED_START, PER_SECOND, setting.keys(), DISORDER);
    expected = new Expected(TimeUnit.SECONDS.toMillis(WINDOW_SECONDS));
    EventMaker maker = stream.maker();
    for (long event = 0; event < setting.all(); event++) {
      expected.add(Event.parse(maker.make(event)));
    }
  }

  Outcome run(Contender contender) throws Exception {
    Workplace place = bench.place();
    String name = bench.nextTrial(contender);
    Topics topics = place.start(() -> Topics.create(bench.servers(), name, setting.partitions()));
    EventFeed feed =
        place.start(
            () -> EventFeed.transactional(topics.servers(), topics.input(), setting.partitions()));
    feed.write(stream.maker(), 0, setting.warmUp());
    feed.commit();
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
    await(system, reader, setting.warmUp());
    Outcome outcome = measure(system, feed, reader);
    expected.check(reader.received(), closed(setting.all()));
    place.close(reader);
    place.close(system);
    place.close(feed);
    place.close(topics);
    return outcome;
  }

  private Outcome measure(RunningSystem system, EventFeed feed, ResultReader reader)
      throws IOException {
    feed.write(stream.maker(), setting.warmUp(), setting.all());
    double cpu = system.cpuSeconds();
    long wall = System.nanoTime();
    feed.commit();
    await(system, reader, setting.all());
    return new Outcome(
        setting.events(),
        system.cpuSeconds() - cpu,
        (System.nanoTime() - wall) / 1e9,
        system.peakMemoryMb());
  }

  private long closed(long events) {
    return stream.closedMillis(events, setting.partitions(), Setting.LATENESS_SECONDS);
  }

  private void await(RunningSystem system, ResultReader reader, long events) throws IOException {
    Waiting.forRows(system, reader, expected, closed(events));
  }
}
