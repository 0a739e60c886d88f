package io.weir.consensus.server.history.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down what the clients of one process ask a configuration store and what they are told, in
 * the format of {@link StoreLog}. A client announces each operation before it starts and settles it
 * once when its answer is there.
 *
 * <p>Thread-safe. Every line is with the operating system when its method returns, so that a call
 * is in the file before it can have an effect; memory does not grow with the history. When the disk
 * fails, methods throw {@link UncheckedIOException}: the history is of no use from there on.
 */
public final class HistoryRecorder implements AutoCloseable {

  /** Writes the members of a line beyond those that all lines have. */
  private interface Members {
    void writeTo(JsonGenerator line) throws IOException;
  }

  private final long startNanos = System.nanoTime();
  private final JsonGenerator out;
  private long operations;

  /**
   * Starts a history.
   *
   * @param file replaced if it exists
   */
  public HistoryRecorder(Path file) throws IOException {
    out = new JsonFactory().createGenerator(Files.newBufferedWriter(file));
    out.setRootValueSeparator(null);
    out.writeRaw(StoreLog.HEADER + "\n");
    out.flush();
  }

  /**
   * A client is about to read a job.
   *
   * @return the operation's number, to settle it with
   */
  public synchronized long readCalled(String client, String job) {
    return called(client, job, line -> line.writeStringField("call", "read"));
  }

  /**
   * A client is about to propose a document.
   *
   * @param hash tells documents apart; empty for a deletion
   * @return the operation's number, to settle it with
   */
  public synchronized long proposeCalled(String client, String job, long expected, String hash) {
    return called(
        client,
        job,
        line -> {
          line.writeStringField("call", "propose");
          line.writeNumberField("expected", expected);
          line.writeStringField("hash", hash);
        });
  }

  private long called(String client, String job, Members members) {
    if (operations == HistoryFile.MAX_OPERATIONS) {
      throw new IllegalStateException("a history has at most " + operations + " operations");
    }
    operations++;
    write(
        operations,
        line -> {
          line.writeStringField("client", client);
          line.writeStringField("job", job);
          members.writeTo(line);
        });
    return operations;
  }

  /** A read showed a version. */
  public void found(long operation, long version, String hash) {
    answered(
        operation,
        "found",
        line -> {
          line.writeNumberField("version", version);
          line.writeStringField("hash", hash);
        });
  }

  /** A read showed that the job never existed. */
  public void unknownJob(long operation) {
    answered(operation, "unknown-job", line -> {});
  }

  /** A proposal became a version. */
  public void agreed(long operation, long version) {
    answered(operation, "agreed", line -> line.writeNumberField("version", version));
  }

  /** A proposal came too late. */
  public void conflict(long operation, long actual) {
    answered(operation, "conflict", line -> line.writeNumberField("actual", actual));
  }

  /** Nobody knows whether it happened, or whether it still will. */
  public void outcomeUnknown(long operation) {
    answered(operation, "unknown", line -> {});
  }

  /** It certainly never happens; or it was a read that told nothing. */
  public void failed(long operation) {
    answered(operation, "failed", line -> {});
  }

  private synchronized void answered(long operation, String answer, Members members) {
    write(
        operation,
        line -> {
          line.writeStringField("answer", answer);
          members.writeTo(line);
        });
  }

  private void write(long operation, Members members) {
    try {
      out.writeStartObject();
      out.writeNumberField("op", operation);
      out.writeNumberField("at", System.nanoTime() - startNanos);
      members.writeTo(out);
      out.writeEndObject();
      out.writeRaw('\n');
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
