package io.weir.consensus.server.cli;

import io.weir.consensus.Limits;
import io.weir.consensus.StoreException.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a document or a schema: from a file, or from standard input where the name is "-". */
final class DocumentInput {

  private static final String STANDARD_INPUT = "-";

  /** One byte more than allowed, so that the store says that it is too large. */
  private static final int MOST_BYTES = Limits.DOCUMENT_BYTES + 1;

  private final InputStream standardInput;

  DocumentInput(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /**
   * Its text.
   *
   * @throws InvalidRequest when it cannot be read, or is not UTF-8
   */
  String text(String file) {
    byte[] bytes = bytes(file);
    if (bytes.length == MOST_BYTES) {
      // Cut off anywhere, perhaps inside of a character.
      return new String(bytes, StandardCharsets.UTF_8);
    }
    try {
      // Unlike a String's constructor it reports what it cannot read, and changes nothing.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidRequest(name(file) + " is not UTF-8: " + e.getMessage());
    }
  }

  private byte[] bytes(String file) {
    try {
      if (file.equals(STANDARD_INPUT)) {
        return standardInput.readNBytes(MOST_BYTES);
      }
      try (InputStream in = Files.newInputStream(Path.of(file))) {
        return in.readNBytes(MOST_BYTES);
      }
    } catch (NoSuchFileException e) {
      throw new InvalidRequest(file + " cannot be read: there is no such file");
    } catch (IOException e) {
      throw new InvalidRequest(name(file) + " cannot be read: " + e.getMessage());
    }
  }

  private static String name(String file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }
}
