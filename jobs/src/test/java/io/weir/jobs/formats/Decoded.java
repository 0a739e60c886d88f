package io.weir.jobs.formats;

import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.Section;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.row.Column;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One decoded record, and how tests get there. */
record Decoded(Row row, long timeMillis) {

  static Section settings(Problems problems, String... overrides) {
    return new SettingsFile(problems, name -> null).read(null, List.of(overrides));
  }

  /** The settings of a source without files, which must be without a mistake. */
  static FormatSettings format(String... overrides) {
    Problems problems = new Problems();
    Section job = settings(problems, overrides);
    FormatSettings format = FormatSettings.read(job.section("source"), job, null);
    problems.throwIfAny();
    return format;
  }

  static Schema pick(FormatSettings format, String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(format.schema().column(format.schema().requireIndexOf(name)));
    }
    return new Schema(columns);
  }

  static TimeSettings time(String field, TimeSettings.Unit unit) {
    return new TimeSettings(field, unit);
  }

  /** A decoder that travelled to its subtask and was opened there. */
  static Decoder<Row> open(Decoder<Row> decoder) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      new ObjectOutputStream(bytes).writeObject(decoder);
      @SuppressWarnings("unchecked") // It is what was written.
      Decoder<Row> copy =
          (Decoder<Row>)
              new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
      copy.open();
      return copy;
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError("the decoder does not travel", e);
    }
  }

  static Decoded of(Decoder<Row> decoder, byte[] record) throws BrokenRecordException {
    List<Decoded> values = new ArrayList<>();
    byte[] before = record.clone();
    decoder.decode(record, (row, time) -> values.add(new Decoded(row, time)));
    if (values.size() != 1 || !Arrays.equals(before, record)) {
      throw new AssertionError("one value and the record as it was, not " + values);
    }
    return values.get(0);
  }

  static Decoded of(Decoder<Row> decoder, String record) throws BrokenRecordException {
    return of(decoder, record.getBytes(StandardCharsets.UTF_8));
  }
}
