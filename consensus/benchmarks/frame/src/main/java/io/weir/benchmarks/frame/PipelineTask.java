package io.weir.benchmarks.frame;

import java.nio.file.Path;
import java.util.List;

/**
 * What every system of the pipeline benchmark is told to do: events of one topic into sums by URL
 * and tumbling window in another one, until the process is ended.
 *
 * @param servers of Kafka
 * @param input topic of the events
 * @param output topic of the rows
 * @param windowSeconds length of the windows
 * @param latenessSeconds how far events may be out of order
 * @param intervalMillis between two checkpoints or batches
 * @param parallelism how many threads do the work
 * @param folder for checkpoints
 */
public record PipelineTask(
    String servers,
    String input,
    String output,
    int windowSeconds,
    int latenessSeconds,
    long intervalMillis,
    int parallelism,
    Path folder) {

  /** What {@link #parse} reads. */
  public List<String> toArguments() {
    return List.of(
        servers,
        input,
        output,
        String.valueOf(windowSeconds),
        String.valueOf(latenessSeconds),
        String.valueOf(intervalMillis),
        String.valueOf(parallelism),
        folder.toString());
  }

  /** Reads what {@link #toArguments()} wrote; what follows is the system's own. */
  public static PipelineTask parse(String[] arguments) {
    return new PipelineTask(
        arguments[0],
        arguments[1],
        arguments[2],
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]),
        Long.parseLong(arguments[5]),
        Integer.parseInt(arguments[6]),
        Path.of(arguments[7]));
  }
}
