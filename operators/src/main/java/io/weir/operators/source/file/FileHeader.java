package io.weir.operators.source.file;

import java.io.IOException;
import java.io.Serializable;

/** Looks at the first record of each file where that is no data but says what the others hold. */
@FunctionalInterface
public interface FileHeader extends Serializable {

  /**
   * Checks a header.
   *
   * @param file the file's name, for messages
   * @param record as records are delivered; cut if it is longer than {@link Framing#csv} says
   * @throws IOException if the records behind it are not what is expected; the job fails
   */
  void check(String file, byte[] record) throws IOException;
}
