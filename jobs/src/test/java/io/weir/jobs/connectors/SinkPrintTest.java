package io.weir.jobs.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.encoding.RowFormat;
import io.weir.operators.row.Row;
import io.weir.operators.row.RowTypeInfo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class SinkPrintTest {

  @Test
  void printsOneLineOfJsonForEachRow() throws Exception {
    PrintStream original = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
      Sinks.attach(
          env.fromSequence(1, 50)
              .map(SinkPrintTest::row)
              .returns(new RowTypeInfo(FailingJob.TABLE.schema())),
          FailingJob.TABLE,
          new PrintSinkSettings(RowFormat.JSON),
          "sink");
      env.execute();
    } finally {
      System.setOut(original);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(50)
        .contains("{\"id\":17,\"epoch\":null}");
  }

  private static Row row(long id) {
    Row row = new Row(FailingJob.TABLE.schema().size());
    row.setLong(0, id);
    return row;
  }
}
