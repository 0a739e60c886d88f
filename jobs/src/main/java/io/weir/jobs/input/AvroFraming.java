package io.weir.jobs.input;

import io.weir.operators.intake.RawRecord;
import io.weir.operators.source.Cursor;
import io.weir.operators.source.Position;
import io.weir.operators.source.file.FileInput;
import io.weir.operators.source.file.Framing;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro container files. A record is a datum's binary encoding, cut out of its block as it stands in
 * the writer's schema; its position is its number in the file, from 1. A position is found again by
 * passing over the blocks before it. A file that ends inside a block fails the job; the library
 * takes that for the end of the file. A file that was written with another schema than expected
 * fails the job too: its bytes would be decoded wrongly.
 *
 * @param schema that records are written with, as JSON; empty: any
 */
record AvroFraming(String schema) implements Framing {

  private static final int MAGIC_BYTES = 4;
  private static final int MARKER_BYTES = 16;

  private static DataFileStream<Object> open(FileInput input) throws IOException {
    try {
      return new DataFileStream<>(input, new GenericDatumReader<>());
    } catch (AvroRuntimeException | IOException e) {
      input.close();
      throw failure(input, e);
    }
  }

  private static IOException failure(FileInput input, Exception cause) {
    return new IOException(
        "cannot read " + input.name() + " near byte " + input.offset() + ": " + cause.getMessage(),
        cause);
  }

  @Override
  public Cursor open(String name, Position from, int maxBytes) throws IOException {
    AvroCursor cursor = new AvroCursor(FileInput.open(name, 0), maxBytes);
    try {
      cursor.require(schema);
      cursor.advance(from.number());
      return cursor;
    } catch (IOException e) {
      cursor.close();
      throw e;
    }
  }

  /** The length of magic, metadata and marker (Avro specification, object container files). */
  private static long headerBytes(String name) throws IOException {
    try (FileInput input = FileInput.open(name, 0)) {
      BinaryDecoder decoder = DecoderFactory.get().directBinaryDecoder(input, null);
      decoder.skipFixed(MAGIC_BYTES);
      for (long entries = decoder.readMapStart(); entries != 0; entries = decoder.mapNext()) {
        for (long i = 0; i < entries; i++) {
          decoder.skipString();
          decoder.skipBytes();
        }
      }
      decoder.skipFixed(MARKER_BYTES);
      return input.offset();
    }
  }

  /** The length of a number that is not negative: zigzag, seven bits a byte. */
  private static int encodedBytes(long number) {
    return (Long.SIZE - Long.numberOfLeadingZeros(number << 1 | 1) + 6) / 7;
  }

  private static final class AvroCursor implements Cursor {

    private final FileInput input;
    private final DataFileStream<Object> stream;
    private final Schema schema;
    private final int maxBytes;

    private byte[] block = {};
    private int blockEnd;
    private long leftInBlock;
    private @Nullable BinaryDecoder decoder;
    private long number;

    /** Where the last block ended in the file. */
    private long blocksEnd;

    AvroCursor(FileInput input, int maxBytes) throws IOException {
      this.input = input;
      this.maxBytes = maxBytes;
      stream = AvroFraming.open(input);
      schema = stream.getSchema();
      blocksEnd = headerBytes(input.name());
    }

    void require(String expected) throws IOException {
      if (!expected.isEmpty() && !schema.equals(new Schema.Parser().parse(expected))) {
        throw new IOException(
            input.name() + " was written with another schema than the input's: " + schema);
      }
    }

    /** Goes on behind the first records. */
    void advance(long records) throws IOException {
      while (number < records) {
        if (!haveRecord()) {
          throw new IOException(
              input.name() + " ends behind record " + number + ", before record " + records);
        }
        if (records - number >= leftInBlock) {
          number += leftInBlock;
          leftInBlock = 0;
        } else {
          skip();
        }
      }
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
      if (!haveRecord()) {
        return null;
      }
      int start = place();
      skip();
      int length = place() - start;
      return length > maxBytes
          ? RawRecord.oversized(input.name(), number, copy(start, maxBytes))
          : RawRecord.data(input.name(), number, copy(start, length));
    }

    private byte[] copy(int start, int length) {
      return Arrays.copyOfRange(block, start, start + length);
    }

    private boolean haveRecord() throws IOException {
      try {
        while (leftInBlock == 0) {
          if (!stream.hasNext()) {
            requireWholeBlocks();
            return false;
          }
          readBlock();
        }
        return true;
      } catch (AvroRuntimeException | IOException e) {
        throw failure(input, e);
      }
    }

    private void requireWholeBlocks() throws EOFException {
      if (input.offset() != blocksEnd) {
        throw new EOFException("the file ends inside the block that begins at byte " + blocksEnd);
      }
    }

    private void readBlock() throws IOException {
      ByteBuffer bytes = stream.nextBlock();
      block = bytes.array();
      int from = bytes.arrayOffset() + bytes.position();
      blockEnd = from + bytes.remaining();
      leftInBlock = stream.getBlockCount();
      long size = stream.getBlockSize();
      blocksEnd += encodedBytes(leftInBlock) + encodedBytes(size) + size + MARKER_BYTES;
      decoder = DecoderFactory.get().binaryDecoder(block, from, bytes.remaining(), decoder);
    }

    private BinaryDecoder decoder() {
      if (decoder == null) {
        throw new IllegalStateException("no block was read");
      }
      return decoder;
    }

    /** Where the decoder stands in the block. */
    private int place() throws IOException {
      return blockEnd - decoder().inputStream().available();
    }

    private void skip() throws IOException {
      try {
        GenericDatumReader.skip(schema, decoder());
      } catch (AvroRuntimeException | IOException e) {
        throw failure(input, e);
      }
      leftInBlock--;
      number++;
    }

    @Override
    public Position position() {
      return new Position(0, number, number);
    }

    @Override
    public long workDone() {
      return input.fileBytes();
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
