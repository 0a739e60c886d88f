package io.weir.jobs.formats;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an Avro object container file into its records, each as the bytes that an Avro decoder
 * takes. The file may have been written with another schema than the decoder's: its records are
 * resolved to that one by Avro's own rules.
 */
public final class AvroContainer implements Closeable {

  private final DataFileStream<GenericRecord> file;
  private final GenericDatumWriter<GenericRecord> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable GenericRecord datum;
  private @Nullable BinaryEncoder encoder;

  /**
   * Opens a container.
   *
   * @param in the file, decompressed; closed with this container
   * @param schema as in {@link FormatSettings#avroSchema()}
   * @throws IOException if this is no container, or its codec is not there
   */
  public AvroContainer(InputStream in, String schema) throws IOException {
    Schema wanted = new Schema.Parser().parse(schema);
    writer = new GenericDatumWriter<>(wanted);
    try {
      file = new DataFileStream<>(in, new GenericDatumReader<>(null, wanted));
    } catch (AvroRuntimeException e) {
      throw new IOException("not a readable Avro container: " + e.getMessage(), e);
    }
  }

  /**
   * The schema that a container was written with, as JSON.
   *
   * @param in the file; not closed
   * @throws IOException if this is no container
   */
  public static String schemaOf(InputStream in) throws IOException {
    try {
      @SuppressWarnings("resource") // Closing it would close the caller's stream.
      DataFileStream<GenericRecord> file = new DataFileStream<>(in, new GenericDatumReader<>());
      return file.getSchema().toString();
    } catch (AvroRuntimeException e) {
      throw new IOException("not a readable Avro container: " + e.getMessage(), e);
    }
  }

  /**
   * The next record, or null behind the last one.
   *
   * @throws IOException if the file is corrupt from here on, or its records cannot be resolved
   */
  public byte @Nullable [] next() throws IOException {
    try {
      if (!file.hasNext()) {
        return null;
      }
      GenericRecord read = file.next(datum);
      datum = read;
      bytes.reset();
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      writer.write(read, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (RuntimeException e) {
      // Not only Avro's own: a block cut short ends in a NullPointerException.
      throw new IOException("the Avro container cannot be read on: " + e, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
