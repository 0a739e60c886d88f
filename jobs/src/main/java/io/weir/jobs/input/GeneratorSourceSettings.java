package io.weir.jobs.input;

import io.weir.jobs.formats.FormatSettings;
import io.weir.jobs.formats.FormatSettings.Format;
import io.weir.jobs.formats.TimeSettings;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.generator.GeneratorSource;
import io.weir.jobs.settings.Section;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Schema;
import io.weir.operators.source.ClockedSource;
import java.time.Instant;

/** Events made on the spot, as the generator job would send them. */
record GeneratorSourceSettings(GeneratorSettings generator) implements SourceSettings {

  private static final Schema JSON_EVENTS =
      Schema.of(
          new Column("id", ColumnType.LONG),
          new Column("time", ColumnType.TIME),
          new Column("host", ColumnType.STRING),
          new Column("method", ColumnType.STRING),
          new Column("url", ColumnType.STRING),
          new Column("status", ColumnType.LONG),
          new Column("bytes", ColumnType.LONG),
          new Column("agent", ColumnType.STRING));

  static GeneratorSourceSettings read(Section section) {
    return new GeneratorSourceSettings(GeneratorSettings.read(section));
  }

  @Override
  public FormatSettings format(Section section, Section job) {
    if (job.has("schema")) {
      job.problem("schema", "must not be given: a generator has its own columns");
    }
    return switch (generator.format()) {
      case JSON -> FormatSettings.fixed(Format.JSON, JSON_EVENTS);
      case APACHE_COMBINED -> FormatSettings.read(section, job, null);
    };
  }

  @Override
  public boolean canFallSilent() {
    return generator.pace() == GeneratorSettings.Pace.REAL_TIME;
  }

  @Override
  public ClockedSource<?, ?> source(FormatSettings format, TimeSettings time) {
    return new ClockedSource<>(GeneratorSource.create(generator, Instant.now()));
  }
}
