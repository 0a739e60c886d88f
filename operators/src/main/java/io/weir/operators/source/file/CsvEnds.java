package io.weir.operators.source.file;

/**
 * A line feed ends a record unless it stands in a quoted field. Only a quote at the beginning of a
 * field opens one; inside, a doubled quote is a quote. Outside of quotes, and in records without
 * any, this is a search for a line feed.
 */
final class CsvEnds implements RecordEnds {

  private enum State {
    PLAIN,
    QUOTED,
    /** Behind a quote within a quoted field: the field's end, or half of a doubled quote. */
    QUOTE_SEEN
  }

  private static final byte LINE_FEED = '\n';

  private final byte separator;
  private final byte quote;
  private State state = State.PLAIN;
  private int linesInside;

  CsvEnds(byte separator, byte quote) {
    this.separator = separator;
    this.quote = quote;
  }

  @Override
  public void begin() {
    state = State.PLAIN;
    linesInside = 0;
  }

  @Override
  public int find(byte[] bytes, int start, int from, int to) {
    int i = from;
    while (i < to) {
      if (state == State.PLAIN) {
        i = ByteSearch.indexOfEither(bytes, i, to, LINE_FEED, quote);
        if (i < 0 || bytes[i] == LINE_FEED) {
          return i;
        }
        state = i == start || bytes[i - 1] == separator ? State.QUOTED : State.PLAIN;
        i++;
      } else if (state == State.QUOTED) {
        i = skipQuoted(bytes, i, to);
      } else {
        boolean doubled = bytes[i] == quote;
        state = doubled ? State.QUOTED : State.PLAIN;
        i += doubled ? 1 : 0;
      }
    }
    return -1;
  }

  private int skipQuoted(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != quote) {
      linesInside += bytes[i] == LINE_FEED ? 1 : 0;
      i++;
    }
    if (i < to) {
      state = State.QUOTE_SEEN;
      i++;
    }
    return i;
  }

  @Override
  public int linesInside() {
    return linesInside;
  }
}
