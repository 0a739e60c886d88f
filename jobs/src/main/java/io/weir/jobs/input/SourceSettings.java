package io.weir.jobs.input;

import io.weir.jobs.formats.FormatSettings;
import io.weir.jobs.formats.TimeSettings;
import io.weir.jobs.settings.Section;
import io.weir.operators.source.ClockedSource;

/** Where records come from: {@code {file: ...}}, {@code {kafka: ...}}, {@code {generator: ...}}. */
sealed interface SourceSettings
    permits FileSourceSettings, GeneratorSourceSettings, KafkaSourceSettings {

  /**
   * Reads what the records look like.
   *
   * @param section this source's own mapping, which holds {@code format} and its options
   * @param job the whole, which holds {@code schema}
   */
  FormatSettings format(Section section, Section job);

  /**
   * Whether an origin of this source can have nothing to say while others go on. A file cannot: the
   * job reads it when its turn comes, and until then it must hold the watermark back however long
   * that takes.
   */
  boolean canFallSilent();

  /** Makes Flink's source of records in that format and with that time. */
  ClockedSource<?, ?> source(FormatSettings format, TimeSettings time);
}
