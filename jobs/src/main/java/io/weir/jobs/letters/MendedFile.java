package io.weir.jobs.letters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString(), null, "is there already");
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.deleteIfExists(partial);
    long[] count = {0};
    try {
      try (OutputStream out = new BufferedOutputStream(Channels.newOutputStream(newFile(partial)));
          JsonGenerator json = JSON.createGenerator(out)) {
        json.setRootValueSeparator(null);
        letters.into(
            letter -> {
              write(json, letter);
              count[0]++;
            });
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
      return count[0];
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static FileChannel newFile(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void write(JsonGenerator json, Letter letter) {
    try {
      json.writeStartObject();
      json.writeStringField("reason", letter.reason());
      json.writeStringField("detail", letter.detail());
      json.writeStringField("origin", letter.origin());
      json.writeNumberField("position", letter.position());
      String text = textOf(letter.bytes());
      if (text != null) {
        json.writeStringField("text", text);
      } else {
        json.writeBinaryField("base64", letter.bytes());
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of bytes that are UTF-8; else null. */
  static @Nullable String textOf(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Reads a file that {@link #write} wrote and somebody has changed; says where it is wrong. */
  static void read(Path file, Reader reader) throws IOException {
    LetterFiles.lines(file, (line, place) -> reader.letter(LetterRows.letter(line, place)));
  }
}
