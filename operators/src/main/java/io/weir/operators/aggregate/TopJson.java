package io.weir.operators.aggregate;

import io.weir.operators.row.ColumnType;
import java.util.List;

/** Writes ranked values as JSON (RFC 8259): texts as strings, the rest as numbers or booleans. */
final class TopJson {

  private TopJson() {}

  static <V> String write(List<Ranking.Entry<V>> entries, ColumnType type) {
    StringBuilder out = new StringBuilder("[");
    for (Ranking.Entry<V> entry : entries) {
      out.append(out.length() > 1 ? "," : "").append("{\"value\":");
      writeValue(out, entry.value(), type);
      out.append(",\"count\":").append(entry.count()).append('}');
    }
    return out.append(']').toString();
  }

  private static void writeValue(StringBuilder out, Object value, ColumnType type) {
    if (value instanceof Long bits) {
      writeBits(out, bits, type);
    } else {
      writeText(out, value.toString());
    }
  }

  private static void writeBits(StringBuilder out, long bits, ColumnType type) {
    switch (type) {
      case DOUBLE -> writeDouble(out, Doubles.fromSortable(bits));
      case BOOLEAN -> out.append(bits != 0);
      default -> out.append(bits);
    }
  }

  // JSON has no NaN and no infinity: they become strings.
  private static void writeDouble(StringBuilder out, double value) {
    String quote = Double.isFinite(value) ? "" : "\"";
    out.append(quote).append(value).append(quote);
  }

  private static void writeText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
