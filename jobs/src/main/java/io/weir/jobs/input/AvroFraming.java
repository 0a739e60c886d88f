package io.weir.jobs.input;

import io.weir.jobs.formats.AvroContainer;
import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileInput;
import io.weir.operators.source.file.Framing;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Avro object container files, record by record. A restored job reads the file anew up to where it
 * was: blocks cannot be entered without their head, and files of a few hundred megabytes take
 * seconds.
 *
 * @param schema what records are read as, JSON
 */
record AvroFraming(String schema) implements Framing {

  @Override
  public Cursor open(String name, Position from, int maxBytes) throws IOException {
    FileInput input = FileInput.open(name, 0);
    try {
      AvroCursor cursor = new AvroCursor(name, input, new AvroContainer(input, schema), maxBytes);
      cursor.skipTo(from.number());
      return cursor;
    } catch (IOException e) {
      input.close();
      throw new IOException("cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  private static final class AvroCursor implements Cursor {

    private final String name;
    private final FileInput input;
    private final AvroContainer container;
    private final int maxBytes;
    private long number;

    AvroCursor(String name, FileInput input, AvroContainer container, int maxBytes) {
      this.name = name;
      this.input = input;
      this.container = container;
      this.maxBytes = maxBytes;
    }

    void skipTo(long last) throws IOException {
      while (number < last) {
        if (container.next() == null) {
          throw new IOException("the file ends before record " + last);
        }
        number++;
      }
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
      byte[] record = container.next();
      if (record == null) {
        return null;
      }
      number++;
      return record.length > maxBytes
          ? RawRecord.oversized(name, number, Arrays.copyOf(record, maxBytes))
          : RawRecord.data(name, number, record);
    }

    @Override
    public Position position() {
      return new Position(0, 0, number);
    }

    @Override
    public long workDone() {
      return input.fileBytes();
    }

    @Override
    public void close() throws IOException {
      container.close();
    }
  }
}
