package io.weir.jobs.connectors;

import io.weir.jobs.encoding.RowFormat;
import io.weir.jobs.settings.Section;
import io.weir.operators.row.Row;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
    return read(section, owner, RowFormat.OF_TABLES);
  }

  /**
   * Reads where lines of text go: they have no key, so no database takes them.
   *
   * @param owner as for {@link #read(Section, String)}
   */
  static SinkSettings readForText(Section section, String owner) {
    SinkSettings sink = read(section, owner, List.of(RowFormat.TEXT));
    if (sink instanceof PostgresSinkSettings) {
      section.problem("postgres", "takes no lines of text; use kafka, file or print");
    }
    return sink;
  }

  private static SinkSettings read(Section section, String owner, List<RowFormat> formats) {
    // The first stands in for a mapping without a kind: print needs nothing else.
    String kind = section.exactlyOneOf("print", "file", "kafka", "postgres");
    Section settings = section.sectionOrEmpty(kind);
    SinkSettings sink =
        switch (kind) {
          case "file" -> FileSinkSettings.read(settings, formats);
          case "kafka" -> KafkaSinkSettings.read(settings, owner, formats);
          case "postgres" -> PostgresSinkSettings.read(settings);
          default -> new PrintSinkSettings(formats.get(0));
        };
    settings.done();
    section.done();
    return sink;
  }

  /** Reads {@code format}, by default the first of those that are allowed. */
  static RowFormat readFormat(Section section, List<RowFormat> allowed) {
    RowFormat format = section.choice("format", RowFormat.class, allowed.get(0));
    if (!allowed.contains(format)) {
      String names =
          allowed.stream()
              .map(each -> each.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      section.problem("format", "must be one of " + names + " here");
    }
    return format;
  }

  /** How many bytes of JSON a row may have to be certain of being taken. */
  default int mostRowBytes() {
    return Integer.MAX_VALUE;
  }

  /**
   * The place of one table of several that a job makes.
   *
   * @param name the table's; unique in the job
   */
  SinkSettings part(String name);

  /** Makes Flink's sink for the rows of a table. */
  Sink<Row> sink(Table table);
}
