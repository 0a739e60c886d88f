package io.weir.jobs.savepoints;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.ClockedSource;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import io.weir.operators.source.StaticSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Lines by origins, from memory. Their names and places say nothing of the machine, as those of
 * files would, so a savepoint that holds them is good everywhere.
 *
 * @param run tells apart who waits
 * @param lines by origin
 * @param stop how many lines of each origin are read before it waits for ever; {@link #ALL}: none
 */
public record Lines(String run, Map<String, List<String>> lines, int stop) implements Origins {

  private static final long serialVersionUID = 1;

  private static final int ALL = Integer.MAX_VALUE;
  private static final Set<String> WAITING = ConcurrentHashMap.newKeySet();

  /** All lines, to their ends. */
  public static Lines of(Map<String, List<String>> lines) {
    return new Lines("", lines, ALL);
  }

  Lines upTo(int stop) {
    return new Lines(UUID.randomUUID().toString(), lines, stop);
  }

  Lines behind(int start) {
    return of(
        lines.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    origin ->
                        List.copyOf(origin.getValue().subList(start, origin.getValue().size())))));
  }

  /** Whether all lines before the stop have been read. */
  boolean isWaiting() {
    return lines.keySet().stream().allMatch(origin -> WAITING.contains(run + origin));
  }

  /** The source of a job, whose clocks a gate asks for. */
  public DataStream<RawRecord> clocked(StreamExecutionEnvironment env, String job) {
    return env.fromSource(
            new ClockedSource<>(new StaticSource(this)), WatermarkStrategy.noWatermarks(), "lines")
        .uid(job + "-source");
  }

  /** The source of a job without a gate. */
  public DataStream<RawRecord> plain(StreamExecutionEnvironment env, String job) {
    return env.fromSource(new StaticSource(this), WatermarkStrategy.noWatermarks(), "lines")
        .uid(job + "-source");
  }

  @Override
  public List<Origin> list() {
    return lines.entrySet().stream()
        .map(origin -> new Origin(origin.getKey(), origin.getValue().size()))
        .toList();
  }

  /** All origins wait at the stop, not one behind the other. */
  @Override
  public boolean isInterleaved() {
    return true;
  }

  @Override
  public Cursor open(Origin origin, Position from) {
    return new LineCursor(origin.name(), (int) from.number());
  }

  private final class LineCursor implements Cursor {

    private final String origin;
    private int read;

    private LineCursor(String origin, int read) {
      this.origin = origin;
      this.read = read;
    }

    private List<String> all() {
      return lines.getOrDefault(origin, List.of());
    }

    @Override
    public @Nullable RawRecord next() {
      if (read == stop) {
        WAITING.add(run + origin);
        return null;
      }
      if (read == all().size()) {
        return null;
      }
      byte[] line = all().get(read).getBytes(StandardCharsets.UTF_8);
      read++;
      return RawRecord.data(origin, read, line);
    }

    @Override
    public long waitMillis() {
      return read == stop ? 10 : FINISHED;
    }

    @Override
    public Position position() {
      return new Position(read, 0, read);
    }

    @Override
    public long workDone() {
      return read;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
