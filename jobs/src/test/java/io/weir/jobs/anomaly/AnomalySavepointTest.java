package io.weir.jobs.anomaly;

import io.weir.jobs.savepoints.Lines;
import io.weir.jobs.savepoints.SavepointContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Detectors that have learned, and files that are half written. */
class AnomalySavepointTest extends SavepointContract {

  private static final int ROWS = 200;
  private static final int STOP = 120;

  AnomalySavepointTest() {
    super(AnomalyJob.NAME, Lines.of(Map.of("in/one.csv", rows(1), "in/two.csv", rows(2))), STOP);
  }

  private static List<String> rows(long seed) {
    List<String> rows = new ArrayList<>();
    new Random(seed).doubles(ROWS).forEach(value -> rows.add(rows.size() + "," + value));
    return rows;
  }

  @Override
  protected void define(
      StreamExecutionEnvironment env, Lines input, Path output, boolean restored) {
    // A relative folder, so that the half of a file is found wherever the project lies.
    AnomalySettings settings =
        new AnomalySettings(new SeriesFiles("in", 1000), output.toString(), null);
    AnomalyJob.define(input.plain(env, AnomalyJob.NAME), settings);
  }
}
