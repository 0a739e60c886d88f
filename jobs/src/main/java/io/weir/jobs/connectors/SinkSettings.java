package io.weir.jobs.connectors;

import io.weir.jobs.settings.Section;
import io.weir.operators.row.Row;
import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;

/** Where rows go: {@code {kafka: ...}}, {@code {postgres: ...}}, {@code {file: ...}}, ... */
public sealed interface SinkSettings extends Serializable
    permits FileSinkSettings, KafkaSinkSettings, PostgresSinkSettings, PrintSinkSettings {

  /**
   * Reads the value of {@code sink:} or {@code dead-letters:}.
   *
   * @param section the mapping that holds the one kind of sink
   * @param owner the job and which of its sinks this is, {@code analytics-sink}: the default of
   *     what must be unique among all jobs, such as the ids of transactions
   */
  static SinkSettings read(Section section, String owner) {
    // The first stands in for a mapping without a kind: print needs nothing else.
    String kind = section.exactlyOneOf("print", "file", "kafka", "postgres");
    Section settings = section.sectionOrEmpty(kind);
    SinkSettings sink =
        switch (kind) {
          case "file" -> FileSinkSettings.read(settings);
          case "kafka" -> KafkaSinkSettings.read(settings, owner);
          case "postgres" -> PostgresSinkSettings.read(settings);
          default -> new PrintSinkSettings();
        };
    settings.done();
    section.done();
    return sink;
  }

  /** Makes Flink's sink for the rows of a table. */
  Sink<Row> sink(Table table);
}
