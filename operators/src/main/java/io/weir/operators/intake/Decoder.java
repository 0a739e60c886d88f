package io.weir.operators.intake;

import java.io.Serializable;

/**
 * Makes values of a record's bytes. One instance serves one subtask and is called by its thread
 * only, so it may keep buffers; they are made in {@link #open()}, since the decoder itself travels
 * to the subtask by Java serialization.
 *
 * @param <T> the values
 */
public interface Decoder<T> extends Serializable {

  /** Called once, before the first record. */
  default void open() {}

  /**
   * Decodes one record.
   *
   * @param bytes the record; not modified, not kept
   * @param values takes each value of the record, often one, in order
   * @throws BrokenRecordException if the bytes are not what the format demands; values delivered
   *     before that are discarded
   */
  void decode(byte[] bytes, Values<T> values) throws BrokenRecordException;

  /** The same, for decoders whose values depend on where the record stands. */
  default void decode(RawRecord record, Values<T> values) throws BrokenRecordException {
    decode(record.bytes(), values);
  }

  /**
   * Takes the values of one record.
   *
   * @param <T> the values
   */
  interface Values<T> {
    /**
     * Takes one value.
     *
     * @param value owned by the receiver from here on
     * @param timeMillis the value's event time, in milliseconds since 1970
     */
    void add(T value, long timeMillis);

    /**
     * Takes the news that a part of the record is not what the format demands; its other values
     * count. Where nobody wants parts, the record is broken.
     *
     * @param detail what was wrong, in words
     */
    default void broken(String detail) throws BrokenRecordException {
      throw new BrokenRecordException(detail);
    }
  }
}
