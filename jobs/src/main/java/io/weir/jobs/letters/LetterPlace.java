package io.weir.jobs.letters;

import java.io.IOException;
import java.util.function.Consumer;

/** Where the dead letters of a job lie. */
public interface LetterPlace {

  /**
   * Reads all that are committed now, a letter at a time. With a sink that is at least once, one
   * may come twice.
   *
   * @throws IOException when what is found cannot be read, or is no dead letter
   */
  void read(Consumer<Letter> reader) throws IOException;
}
