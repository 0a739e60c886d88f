package io.weir.benchmarks.pipeline.stream;

import io.weir.jobs.generator.EventMaker;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Generated events; the same stream always has the same ones.
 *
 * @param start when the first one arrives
 * @param perSecond how many arrive in a second of event time
 * @param keys how many URLs there are
 * @param disorder an event's time is at most this much before its arrival
 */
public record EventStream(Instant start, long perSecond, int keys, Duration disorder) {

  /** Makes the events; for one thread. */
  public EventMaker maker() {
    Problems problems = new Problems();
    Section section =
        new SettingsFile(problems, name -> null)
            .read(
                null,
                List.of(
                    "start=" + start,
                    "rate=" + perSecond,
                    "urls=" + keys,
                    "disorder=" + disorder.toMillis() + "ms"));
    GeneratorSettings settings = GeneratorSettings.read(section);
    problems.throwIfAny();
    return new EventMaker(settings);
  }

  /** When an event arrives, in milliseconds since 1970. */
  public long arrivalMillis(long index) {
    return start.toEpochMilli() + index * 1000 / perSecond;
  }

  /**
   * Windows that end up to here are closed when so many events have been read, whichever of the
   * partitions is the last.
   */
  public long closedMillis(long events, int partitions, int latenessSeconds) {
    return arrivalMillis(Math.max(0, events - partitions))
        - disorder.toMillis()
        - Duration.ofSeconds(latenessSeconds).toMillis()
        - 1;
  }
}
