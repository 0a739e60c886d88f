package io.weir.jobs.letters;

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

  static String id(String reason, String origin, long position) {
    return origin + "@" + position + "/" + reason;
  }
}
