package io.weir.consensus.server.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One folder of a disk. What was written is durable after {@link #sync}; that a file is there, or
 * has a name, after {@link #syncFolder}.
 */
public interface Disk {

  /** The names of all files. */
  List<String> list() throws IOException;

  /** All of a file, which need not be in memory at once, until the file is changed. */
  ByteBuffer read(String file) throws IOException;

  /** Writes behind the end of a file, which is made if it is not there. */
  void append(String file, byte[] bytes) throws IOException;

  /** Cuts a file off. */
  void truncate(String file, long size) throws IOException;

  void sync(String file) throws IOException;

  /** Renames a file, in place of another of that name. */
  void rename(String file, String to) throws IOException;

  void delete(String file) throws IOException;

  void syncFolder() throws IOException;

  /** Frees what is held open. */
  default void close() throws IOException {}
}
