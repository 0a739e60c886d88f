package io.weir.consensus.server.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The machine, as far as checks look at it. */
public interface Surroundings {

  Instant now();

  /** The feature release of Java that runs this. */
  int javaRelease();

  /** How many files this process may have open; -1 where the system does not say. */
  long openFiles();

  /** Of the machine; -1 where the system does not say. */
  long memoryBytes();

  /** That may still be used where a folder is, or will be. */
  long freeBytes(Path folder) throws IOException;

  /** How long a small write takes until it is on the disk of a folder: the median of some. */
  Duration syncTime(Path folder) throws IOException;

  /** Whether this process can listen there now. */
  boolean canListen(String host, int port);

  /** Whether something answers there. */
  boolean canConnect(String host, int port);
}
