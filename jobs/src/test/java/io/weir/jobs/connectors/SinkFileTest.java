package io.weir.jobs.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.encoding.RowFormat;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkFileTest {

  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final int ROWS = 2_000;

  @TempDir private Path folder;

  @Test
  void finishedFilesHoldEachRowOnceAfterAFailure() throws Exception {
    Path out = folder.resolve("out");

    long restored =
        FailingJob.run(
            new FileSinkSettings(out.toString(), RowFormat.JSON, 1 << 20),
            ROWS,
            folder.resolve("checkpoints"),
            () -> {});

    assertThat(restored).isGreaterThanOrEqualTo(1);
    assertThat(ids(out, SinkFileTest::isFinished))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, ROWS).boxed().toList());
    // The control: the failed attempt did write rows that its successor wrote again.
    assertThat(ids(out, file -> true)).hasSizeGreaterThan(ROWS);
  }

  @Test
  void filesAreClosedAtTheirSizeLimitAndFinishedWithoutCheckpoints() throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);

    Sinks.attach(
        env.fromSequence(1, 20_000)
            .map(id -> new Row(2))
            .returns(new RowTypeInfo(FailingJob.TABLE.schema())),
        FailingJob.TABLE,
        new FileSinkSettings(folder.resolve("out").toString(), RowFormat.JSON, 100_000),
        "sink");
    env.execute();

    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files.toList())
          .hasSizeGreaterThan(2)
          .allSatisfy(
              file -> {
                assertThat(file.getFileName().toString()).startsWith("rows-").endsWith(".jsonl");
                assertThat(Files.size(file)).isLessThan(200_000);
              });
    }
  }

  private static boolean isFinished(Path file) {
    return file.getFileName().toString().endsWith(".jsonl");
  }

  private static List<Long> ids(Path folder, Predicate<Path> wanted) throws IOException {
    List<Long> ids = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(wanted).toList()) {
        for (String line : Files.readAllLines(file)) {
          ids.add(JACKSON.readTree(line).get("id").longValue());
        }
      }
    }
    return ids;
  }
}
