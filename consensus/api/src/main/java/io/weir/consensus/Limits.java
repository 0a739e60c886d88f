package io.weir.consensus;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a store takes at most. Every store and every client has the same limits. */
public final class Limits {

  /** Of a document or schema as it was written, in UTF-8. */
  public static final int DOCUMENT_BYTES = 256 * 1024;

  /** Of a document or schema compressed by {@link Compression}: it must fit into one log entry. */
  public static final int COMPRESSED_BYTES = 48 * 1024;

  /** Newest versions of a job whose content is kept. */
  public static final int VERSIONS_WITH_CONTENT = 200;

  /** Newest versions of a job that are kept at all. */
  public static final int VERSIONS = 1_000;

  /** Newest ledger entries of a job that are kept. */
  public static final int LEDGER_ENTRIES = 1_000;

  /** Jobs of one store, deleted ones included. */
  public static final int JOBS = 1_000;

  public static final int AUTHOR_CHARACTERS = 200;
  public static final int REASON_CHARACTERS = 1_000;
  public static final int REQUEST_ID_CHARACTERS = 100;
  public static final int NOTE_CHARACTERS = 1_000;

  private static final Pattern JOB = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");

  private Limits() {}

  /** Returns the name of a job, or says what such a name may be. */
  public static String checkJob(String job) {
    if (!JOB.matcher(job).matches()) {
      throw new StoreException.InvalidRequest(
          "job '"
              + shorten(job)
              + "': a job's name has 1 to 100 letters, digits, '.', '_' and '-', and starts with a"
              + " letter or digit");
    }
    return job;
  }

  /** Returns a request id, or says what is wrong with it. */
  public static String checkRequestId(String requestId) {
    return checkNotBlank("request id", requestId, REQUEST_ID_CHARACTERS);
  }

  static String checkText(String name, String text, int maxCharacters) {
    if (text.length() > maxCharacters) {
      throw new StoreException.InvalidRequest(
          name + ": " + text.length() + " characters; at most " + maxCharacters + " are allowed");
    }
    return text;
  }

  static String checkNotBlank(String name, String text, int maxCharacters) {
    if (text.isBlank()) {
      throw new StoreException.InvalidRequest(name + " is missing");
    }
    return checkText(name, text, maxCharacters);
  }

  /** Returns a number of a version, or says what it must be at least. */
  public static long checkVersion(String name, long version, long least) {
    if (version < least) {
      throw new StoreException.InvalidRequest(name + " " + version + ": must be at least " + least);
    }
    return version;
  }

  /** Compresses a document for the log, or says by how much it is too large. */
  public static byte[] compress(String document) {
    byte[] written = document.getBytes(StandardCharsets.UTF_8);
    if (written.length > DOCUMENT_BYTES) {
      throw new StoreException.DocumentTooLarge(written.length, -1);
    }
    byte[] compressed = Compression.deflate(written);
    if (compressed.length > COMPRESSED_BYTES) {
      throw new StoreException.DocumentTooLarge(written.length, compressed.length);
    }
    return compressed;
  }

  static String shorten(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "...";
  }
}
