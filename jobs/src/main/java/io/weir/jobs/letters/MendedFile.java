package io.weir.jobs.letters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Letters in a file in which a person mends them: a line of JSON each, with the record as {@code
 * text} where it is one. Only its owner may read it: records may hold what is nobody else's.
 */
public final class MendedFile {

  private static final JsonFactory JSON = new JsonFactory();

  private MendedFile() {}

  /** Gives letters to a reader. */
  public interface Letters {
    void into(Consumer<Letter> reader) throws IOException;
  }

  /** Takes letters that may fail to go on. */
  interface Reader {
    void letter(Letter letter) throws IOException;
  }

  /**
   * Writes a new file, which is there as a whole or not at all.
   *
   * @return how many letters it holds
   */
  public static long write(Path file, Letters letters) throws IOException {
    long[] count = {0};
    try (NewFile target = NewFile.ofOwner(file);
        JsonGenerator json = JSON.createGenerator(new BufferedOutputStream(target.stream()))) {
      json.setRootValueSeparator(null);
      letters.into(
          letter -> {
            write(json, letter);
            count[0]++;
          });
      json.flush();
      target.finish();
      return count[0];
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(JsonGenerator json, Letter letter) {
    try {
      json.writeStartObject();
      json.writeStringField("reason", letter.reason());
      json.writeStringField("detail", letter.detail());
      json.writeStringField("origin", letter.origin());
      json.writeNumberField("position", letter.position());
      Optional<String> text = letter.text();
      if (text.isPresent()) {
        json.writeStringField("text", text.get());
      } else {
        json.writeBinaryField("base64", letter.bytes());
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file that {@link #write} wrote and somebody has changed; says where it is wrong. */
  static void read(Path file, Reader reader) throws IOException {
    LetterFiles.lines(file, (line, place) -> reader.letter(LetterRows.letter(line, place)));
  }
}
