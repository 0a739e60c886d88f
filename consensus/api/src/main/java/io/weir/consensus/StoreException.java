package io.weir.consensus;

import java.util.List;

/** Why a store did not do what it was asked to. The subclass says what the caller may do. */
public abstract sealed class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private StoreException(String message) {
    super(message);
  }

  /** Nothing happened: the same may be tried again, at another node, or later. */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
      super(message);
    }
  }

  /**
   * The change may have happened, or may still happen: read what is there, or repeat the proposal
   * with the same request id.
   */
  public static final class OutcomeUnknown extends StoreException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknown(String message) {
      super(message);
    }
  }

  /** Somebody else was faster: read the newest version and decide anew. */
  public static final class VersionConflict extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String job;
    private final long expected;
    private final long actual;

    public VersionConflict(String job, long expected, long actual) {
      super("job '" + job + "' is at version " + actual + ", not at the expected " + expected);
      this.job = job;
      this.expected = expected;
      this.actual = actual;
    }

    public String job() {
      return job;
    }

    public long expected() {
      return expected;
    }

    public long actual() {
      return actual;
    }
  }

  /** The document breaks the schema, or is neither YAML nor JSON: mend it. */
  public static final class InvalidConfiguration extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String what;
    private final transient List<Violation> violations;

    public InvalidConfiguration(String what, List<Violation> violations) {
      super(what + ": " + violations);
      this.what = what;
      this.violations = List.copyOf(violations);
    }

    /** The message without the violations. */
    public String what() {
      return what;
    }

    public List<Violation> violations() {
      return violations;
    }
  }

  /**
   * One place where a document is wrong.
   *
   * @param pointer JSON pointer (RFC 6901) to the value; empty for the whole document
   * @param rule the schema's keyword that it breaks, such as {@code maximum}; or {@code syntax}
   * @param message what was found, and what is allowed
   */
  public record Violation(String pointer, String rule, String message) {
    @Override
    public String toString() {
      return "at '" + pointer + "', " + rule + ": " + message;
    }
  }

  /** The document does not fit into the store: make it smaller. */
  public static final class DocumentTooLarge extends StoreException {
    private static final long serialVersionUID = 1L;
    private final long writtenBytes;
    private final long compressedBytes;

    /**
     * @param compressedBytes -1 when it was not compressed, because it is too large already
     */
    public DocumentTooLarge(long writtenBytes, long compressedBytes) {
      super(
          "the document has "
              + writtenBytes
              + " bytes"
              + (compressedBytes < 0 ? "" : " and " + compressedBytes + " compressed")
              + "; at most "
              + Limits.DOCUMENT_BYTES
              + " bytes, and "
              + Limits.COMPRESSED_BYTES
              + " compressed, are allowed");
      this.writtenBytes = writtenBytes;
      this.compressedBytes = compressedBytes;
    }

    public long writtenBytes() {
      return writtenBytes;
    }

    public long compressedBytes() {
      return compressedBytes;
    }
  }

  /** The content of a version is gone: go on from a newer one. */
  public static final class Compacted extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String job;
    private final long version;
    private final long oldest;

    public Compacted(String job, long version, long oldest) {
      super(
          "the content of version "
              + version
              + " of job '"
              + job
              + "' is gone; the oldest with content is "
              + oldest);
      this.job = job;
      this.version = version;
      this.oldest = oldest;
    }

    public String job() {
      return job;
    }

    /** The version that was wanted. */
    public long version() {
      return version;
    }

    /** The oldest version with content. */
    public long oldest() {
      return oldest;
    }
  }

  /** There never was such a job. */
  public static final class UnknownJob extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String job;

    public UnknownJob(String job) {
      super("there is no job '" + job + "'");
      this.job = job;
    }

    public String job() {
      return job;
    }
  }

  /** The job has no such version, or it is a tombstone. */
  public static final class UnknownVersion extends StoreException {
    private static final long serialVersionUID = 1L;
    private final String job;
    private final long version;
    private final long newest;

    public UnknownVersion(String job, long version, long newest) {
      super(
          "job '"
              + job
              + "' has no version "
              + version
              + " with content; its newest version is "
              + newest);
      this.job = job;
      this.version = version;
      this.newest = newest;
    }

    public String job() {
      return job;
    }

    /** The version that was wanted. */
    public long version() {
      return version;
    }

    /** The newest version of the job; 0 when it has none. */
    public long newest() {
      return newest;
    }
  }

  /** The request itself is wrong: it will be refused however often it is sent. */
  public static final class InvalidRequest extends StoreException {
    private static final long serialVersionUID = 1L;

    public InvalidRequest(String message) {
      super(message);
    }
  }

  /** Who asks is not known, or may not do this: another token is needed. */
  public static final class AccessDenied extends StoreException {
    private static final long serialVersionUID = 1L;

    public AccessDenied(String message) {
      super(message);
    }
  }
}
