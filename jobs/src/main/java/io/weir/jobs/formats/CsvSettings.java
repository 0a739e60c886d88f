package io.weir.jobs.formats;

import io.weir.jobs.settings.Section;
import java.io.Serializable;

/**
 * How CSV is written, after RFC 4180: {@code csv: {separator: ";", quote: "'", header: false}}.
 *
 * @param separator between two fields, a comma by default; like the quote one of ASCII, since files
 *     are cut into records byte by byte
 * @param quote around a field that holds separators, line ends or quotes; inside it stands twice
 * @param header whether each file begins with the names of its columns, as is the default for
 *     files; without a header the columns stand in the order in which the settings declare them
 */
public record CsvSettings(char separator, char quote, boolean header) implements Serializable {

  /** RFC 4180's own characters, with a header. */
  static final CsvSettings DEFAULTS = new CsvSettings(',', '"', true);

  static CsvSettings read(Section csv, boolean files) {
    boolean header = csv.flag("header", files);
    if (header && !files) {
      csv.problem("header", "must be false: only files have a header");
    }
    CsvSettings settings =
        new CsvSettings(character(csv, "separator", ","), character(csv, "quote", "\""), header);
    if (settings.separator == settings.quote) {
      csv.problem("quote", "must not be the separator");
      settings = new CsvSettings(',', '"', header);
    }
    csv.done();
    return settings;
  }

  private static char character(Section csv, String key, String otherwise) {
    String text = csv.text(key, otherwise);
    if (text.length() == 1 && isAllowed(text.charAt(0))) {
      return text.charAt(0);
    }
    csv.problem(key, "must be a single character of ASCII, such as \",\" or \"\\t\"");
    return otherwise.charAt(0);
  }

  private static boolean isAllowed(char c) {
    return c < 0x80 && c != '\n' && c != '\r';
  }
}
