package io.weir.jobs.connectors;

import io.weir.operators.intake.DeadLetter;
import io.weir.operators.row.Row;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Counts dead letters by reason and makes rows of them. */
final class DeadLetterRows extends RichMapFunction<DeadLetter, Row> {

  private static final long serialVersionUID = 1;

  private static final int REASON = column("reason");
  private static final int DETAIL = column("detail");
  private static final int ORIGIN = column("origin");
  private static final int POSITION = column("position");
  private static final int TEXT = column("text");
  private static final int BASE64 = column("base64");

  private transient @Nullable Map<String, Counter> counters;

  private static int column(String name) {
    return DeadLetters.TABLE.schema().requireIndexOf(name);
  }

  @Override
  public Row map(DeadLetter letter) {
    count(letter.reason());
    return row(letter);
  }

  private void count(String reason) {
    if (counters == null) {
      counters = new HashMap<>();
    }
    counters
        .computeIfAbsent(
            reason,
            name -> getRuntimeContext().getMetricGroup().addGroup("deadLetters").counter(name))
        .inc();
  }

  static Row row(DeadLetter letter) {
    Row row = new Row(DeadLetters.TABLE.schema().size());
    row.setText(REASON, letter.reason());
    row.setText(DETAIL, letter.detail());
    row.setText(ORIGIN, letter.origin());
    row.setLong(POSITION, letter.position());
    String text = textOf(letter.bytes());
    if (text != null) {
      row.setText(TEXT, text);
    } else {
      row.setText(BASE64, Base64.getEncoder().encodeToString(letter.bytes()));
    }
    return row;
  }

  private static @Nullable String textOf(byte[] bytes) {
    try {
      // A decoder of its own reports what is not UTF-8; String would replace it.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
