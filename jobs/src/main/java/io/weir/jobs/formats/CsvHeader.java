package io.weir.jobs.formats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.weir.operators.source.file.FileHeader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * The names at the beginning of a CSV file. Columns are found by their place, so a file with other
 * names, or the same in another order, must not be read.
 *
 * @param expected the names in the source's first file
 */
record CsvHeader(CsvSettings csv, List<String> expected) implements FileHeader {

  private static final int MOST_SHOWN = 500;

  @Override
  public void check(String file, byte[] record) throws IOException {
    List<String> found = read(csv, record);
    if (!found.equals(expected)) {
      throw new IOException(
          "the header of " + file + " is " + shown(found) + ", expected is " + shown(expected));
    }
  }

  private static String shown(List<String> names) {
    String text = names.toString();
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }

  /** The fields of the first record; none if there is none or it is no CSV. */
  static List<String> read(CsvSettings csv, byte[] bytes) {
    try {
      Iterator<CsvRecord> records =
          CsvDecoder.reader(csv).ofCsvRecord(CsvDecoder.text(bytes)).iterator();
      return records.hasNext() ? records.next().getFields() : List.of();
    } catch (CsvParseException e) {
      return List.of();
    }
  }
}
