package io.weir.jobs.anomaly;

import io.weir.operators.intake.BrokenRecordException;
import io.weir.operators.intake.DeadLetter;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.intake.RawRecord.Mark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Records of files as rows of series. A broken one goes to {@link #DEAD_LETTERS}. */
final class SeriesReader extends ProcessFunction<RawRecord, SeriesRow> {

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private static final long serialVersionUID = 1;

  private final SeriesFiles files;

  // A source delivers many rows of one file before it turns to the next.
  private transient @Nullable String origin;
  private transient String file = "";

  SeriesReader(SeriesFiles files) {
    this.files = files;
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<SeriesRow> out) {
    String file = file(record.origin());
    if (record.mark() == Mark.FINISHED) {
      out.collect(SeriesRow.end(file));
      return;
    }
    try {
      out.collect(new SeriesRow(file, record.bytes(), value(record), false));
    } catch (BrokenRecordException e) {
      String why = String.valueOf(e.getMessage());
      context.output(DEAD_LETTERS, DeadLetter.of(DeadLetter.Reason.BROKEN, why, record));
    }
  }

  private String file(String of) {
    if (!of.equals(origin)) {
      file = files.mirrored(of);
      origin = of;
    }
    return file;
  }

  private double value(RawRecord record) throws BrokenRecordException {
    if (record.mark() == Mark.OVERSIZED) {
      throw new BrokenRecordException("longer than " + files.maxRecordBytes() + " bytes");
    }
    return SeriesFormat.value(record.bytes());
  }
}
