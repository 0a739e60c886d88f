package io.weir.benchmarks;

import io.weir.jobs.formats.FormatSettings;
import io.weir.jobs.formats.FormatSettings.Format;
import io.weir.jobs.formats.TimeSettings;
import io.weir.jobs.formats.TimeSettings.Unit;
import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.Decoder;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.row.Column;
import io.weir.operators.row.ColumnType;
import io.weir.operators.row.Row;
import io.weir.operators.row.Schema;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileOrigins;
import io.weir.operators.source.file.Framing;
import java.io.IOException;
import java.util.List;

/** One loop in one thread that reads and parses, with Weir's own reader and parser: no job. */
final class BareLoopSide {

  private static final Schema ALL =
      Schema.of(
          new Column("time", ColumnType.TIME),
          new Column("url", ColumnType.STRING),
          new Column("bytes", ColumnType.LONG));

  private static final Schema WANTED =
      Schema.of(new Column("url", ColumnType.STRING), new Column("bytes", ColumnType.LONG));

  private long events;
  private long sumOfBytes;

  private BareLoopSide() {}

  /** Argument: folder of the events. */
  public static void main(String[] args) throws IOException, BrokenRecordException {
    long started = System.nanoTime();
    BareLoopSide loop = new BareLoopSide();
    loop.run(args[0]);
    System.out.println(SideReport.ofThisProcess(loop.events, loop.sumOfBytes, started).toLine());
  }

  private void run(String folder) throws IOException, BrokenRecordException {
    Decoder<Row> decoder =
        FormatSettings.fixed(Format.JSON, ALL).decoder(WANTED, new TimeSettings("time", Unit.ISO));
    decoder.open();
    FileOrigins files =
        new FileOrigins(List.of(folder), Framing.lines(), FileOrigins.DEFAULT_MAX_RECORD_BYTES);
    for (Origin file : files.list()) {
      try (Cursor cursor = files.open(file, Position.START)) {
        for (RawRecord line = cursor.next(); line != null; line = cursor.next()) {
          decoder.decode(line.bytes(), this::count);
        }
      }
    }
  }

  private void count(Row row, long timeMillis) {
    events++;
    sumOfBytes += row.longAt(1);
  }
}
