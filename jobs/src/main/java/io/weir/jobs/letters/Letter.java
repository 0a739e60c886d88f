package io.weir.jobs.letters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A record that a job refused, whole again where its sink needed several rows for it.
 *
 * @param reason such as broken
 * @param detail what exactly was wrong
 * @param origin where it was read: topic and partition, or a file
 * @param position its place there
 * @param bytes the record as it was read, or as somebody has mended it
 */
public record Letter(String reason, String detail, String origin, long position, byte[] bytes) {

  /** Names it; no two of a job have the same. */
  public String id() {
    return id(reason, origin, position);
  }

  /** Its bytes as text; empty where they are not UTF-8. */
  public Optional<String> text() {
    try {
      // Unlike a String's constructor it reports what is none.
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  static String id(String reason, String origin, long position) {
    return origin + "@" + position + "/" + reason;
  }
}
