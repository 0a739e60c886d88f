package io.weir.jobs.anomaly;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream.Committer;
import org.apache.flink.core.fs.RecoverableWriter.ResumeRecoverable;

/** A file of scores that grows: the rows as they were read, with one more column. */
final class SeriesFile implements Closeable {

  private static final String HEADER = SeriesFormat.HEADER + ",anomaly_score\n";
  private static final int BUFFER_BYTES = 64 * 1024;

  private final RecoverableFsDataOutputStream file;
  private final OutputStream buffer;

  private SeriesFile(RecoverableFsDataOutputStream file) {
    this.file = file;
    buffer = new BufferedOutputStream(file, BUFFER_BYTES);
  }

  static SeriesFile create(RecoverableFsDataOutputStream file) throws IOException {
    SeriesFile created = new SeriesFile(file);
    created.buffer.write(HEADER.getBytes(US_ASCII));
    return created;
  }

  static SeriesFile resume(RecoverableFsDataOutputStream file) {
    return new SeriesFile(file);
  }

  void write(byte[] line, double score) throws IOException {
    buffer.write(line);
    buffer.write(',');
    buffer.write(Double.toString(score).getBytes(US_ASCII));
    buffer.write('\n');
  }

  /** Makes what was written durable, and says how to go on behind it. */
  ResumeRecoverable persist() throws IOException {
    buffer.flush();
    return file.persist();
  }

  /** Nothing follows; the file appears when the committer is called. */
  Committer end() throws IOException {
    buffer.flush();
    return file.closeForCommit();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
