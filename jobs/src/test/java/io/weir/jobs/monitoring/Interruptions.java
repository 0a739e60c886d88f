package io.weir.jobs.monitoring;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job that reads two files fail twice, once in each file, always behind a completed
 * checkpoint that holds a good part of the file: the file stops at some lines until there is one,
 * and a few lines later the subtask that reads it fails. Static, since tasks share the JVM with the
 * test; for one job.
 */
final class Interruptions {

  private static final long FIRST_STOP = 600;
  private static final long SECOND_STOP = 1500;
  private static final long LINES_UNTIL_FAILURE = 100;

  private static final Set<Stop> PASSED = ConcurrentHashMap.newKeySet();
  private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();
  private static final Map<String, Long> FURTHEST = new ConcurrentHashMap<>();
  private static final Set<Stop> READ_AGAIN = ConcurrentHashMap.newKeySet();

  /** A line of a file. */
  private record Stop(String file, long line) {}

  private Interruptions() {}

  static int failures() {
    return FAILED.size();
  }

  /** How many lines were processed more than once. */
  static int linesReadAgain() {
    return READ_AGAIN.size();
  }

  /** Files that go on behind a stop when a checkpoint that holds it is complete. */
  record HeldFiles(FileOrigins files) implements Origins {

    private static final long serialVersionUID = 1;

    @Override
    public List<Origin> list() throws IOException {
      return files.list();
    }

    @Override
    public Cursor open(Origin origin, Position from) throws IOException {
      return new HeldCursor(origin.name(), files.open(origin, from));
    }
  }

  private static final class HeldCursor extends CursorAround {

    private static final long WAIT_MILLIS = 10;

    private final String file;
    // As next() found it: the stop may be passed before anybody asks for how long to wait.
    private boolean waits;

    HeldCursor(String file, Cursor lines) {
      super(lines);
      this.file = file;
    }

    private boolean waits(long line, long stop) {
      return line >= stop && !PASSED.contains(new Stop(file, stop));
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
      long line = position().number();
      waits = waits(line, FIRST_STOP) || waits(line, SECOND_STOP);
      return waits ? null : super.next();
    }

    @Override
    public long waitMillis() {
      return waits ? WAIT_MILLIS : super.waitMillis();
    }
  }

  /** The first file fails behind its first stop, the second one behind its second. */
  static final class Failing
      implements MapFunction<RawRecord, RawRecord>, CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1;

    private final Map<String, Long> lines = new HashMap<>();
    private final Map<Long, Map<String, Long>> held = new HashMap<>();

    @Override
    public RawRecord map(RawRecord record) {
      if (record.mark() == RawRecord.Mark.DATA) {
        process(record.origin(), record.position());
      }
      return record;
    }

    private void process(String file, long line) {
      lines.put(file, line);
      if (line <= FURTHEST.getOrDefault(file, 0L)) {
        READ_AGAIN.add(new Stop(file, line));
      } else {
        FURTHEST.put(file, line);
      }
      long stop = file.contains("-0.") ? FIRST_STOP : SECOND_STOP;
      if (line == stop + LINES_UNTIL_FAILURE && FAILED.add(file)) {
        throw new IllegalStateException("injected by the test in line " + line + " of " + file);
      }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
      held.put(context.getCheckpointId(), Map.copyOf(lines));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {}

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
      held.getOrDefault(checkpoint, Map.of()).forEach(Failing::pass);
      held.keySet().removeIf(id -> id <= checkpoint);
    }

    private static void pass(String file, long line) {
      for (long stop : new long[] {FIRST_STOP, SECOND_STOP}) {
        if (line >= stop) {
          PASSED.add(new Stop(file, stop));
        }
      }
    }
  }
}
