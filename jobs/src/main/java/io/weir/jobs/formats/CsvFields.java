package io.weir.jobs.formats;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import io.weir.operators.intake.BrokenRecordException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the fields of one CSV record and puts the wanted ones into a row. */
final class CsvFields extends AbstractBaseCsvCallbackHandler<Boolean> {

  private static final int MAX_NUMBER_LENGTH = 400;

  private final @Nullable InputColumn[] columns;
  private final RowBuilder row;
  private int records;
  private int fields;
  private @Nullable BrokenRecordException problem;

  CsvFields(List<String> names, List<InputColumn> wanted, RowBuilder row) {
    this.columns = new InputColumn[names.size()];
    this.row = row;
    for (InputColumn column : wanted) {
      columns[names.indexOf(column.name())] = column;
    }
  }

  /** Begins a record. */
  void begin() {
    records = 0;
    fields = 0;
    problem = null;
  }

  /** Says what was wrong with the record, if anything was. */
  void check() throws BrokenRecordException {
    if (records != 1) {
      throw new BrokenRecordException("CSV: " + records + " records where one is expected");
    }
    if (fields != columns.length) {
      throw new BrokenRecordException(
          "CSV: " + fields + " fields where there are " + columns.length + " columns");
    }
    if (problem != null) {
      throw problem;
    }
  }

  @Override
  protected void handleBegin(long line) {
    fields = 0;
  }

  @Override
  protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
    fields = index + 1;
    InputColumn column = index < columns.length ? columns[index] : null;
    if (column == null || problem != null) {
      return;
    }
    try {
      read(column, text, from, length, quoted);
    } catch (BrokenRecordException e) {
      problem = e; // The library lets nothing checked pass.
    }
  }

  @Override
  protected @Nullable Boolean buildRecord() {
    records++;
    return null;
  }

  private void read(InputColumn column, char[] text, int from, int length, boolean quoted)
      throws BrokenRecordException {
    boolean isText = column.type().isText();
    if (length == 0 && !(quoted && isText)) {
      row.setNull(column);
      return;
    }
    switch (column.type()) {
      case STRING, JSON -> row.setText(column, new String(text, from, length));
      case LONG -> row.setNumber(column, whole(column, text, from, length));
      case DOUBLE -> row.setDouble(column, number(column, text, from, length));
      case BOOLEAN -> row.setBoolean(column, bool(column, text, from, length));
      case TIME -> readTime(column, text, from, length);
    }
  }

  private void readTime(InputColumn column, char[] text, int from, int length)
      throws BrokenRecordException {
    if (column.unit() != TimeSettings.Unit.ISO) {
      row.setInstant(column, whole(column, text, from, length));
      return;
    }
    long micros = Instants.parseIso(text, from, length);
    if (micros == Instants.INVALID) {
      throw column.broken(found(text, from, length));
    }
    row.setMicros(column, micros);
  }

  private static long whole(InputColumn column, char[] text, int from, int length)
      throws BrokenRecordException {
    boolean negative = text[from] == '-';
    int start = negative || text[from] == '+' ? from + 1 : from;
    int end = from + length;
    // Counted downwards, since there is one more negative number than there are positive ones.
    long number = 0;
    boolean good = start < end;
    for (int i = start; i < end && good; i++) {
      int digit = text[i] - '0';
      good = digit >= 0 && digit <= 9 && number >= (Long.MIN_VALUE + digit) / 10;
      number = number * 10 - digit;
    }
    if (!good || (number == Long.MIN_VALUE && !negative)) {
      throw column.broken(found(text, from, length));
    }
    return negative ? number : -number;
  }

  private static double number(InputColumn column, char[] text, int from, int length)
      throws BrokenRecordException {
    for (int i = from; i < from + length; i++) {
      char c = text[i];
      boolean allowed =
          (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
      if (!allowed || length > MAX_NUMBER_LENGTH) {
        throw column.broken(found(text, from, length));
      }
    }
    try {
      return Double.parseDouble(new String(text, from, length));
    } catch (NumberFormatException e) {
      throw column.broken(found(text, from, length));
    }
  }

  private static boolean bool(InputColumn column, char[] text, int from, int length)
      throws BrokenRecordException {
    String word = length <= 5 ? new String(text, from, length) : "";
    if (!word.equals("true") && !word.equals("false")) {
      throw column.broken(found(text, from, length));
    }
    return word.equals("true");
  }

  private static String found(char[] text, int from, int length) {
    return '"' + new String(text, from, length) + '"';
  }
}
