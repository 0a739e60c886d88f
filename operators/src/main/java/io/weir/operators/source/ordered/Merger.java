package io.weir.operators.source.ordered;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Delivers the entries of several runs in order. */
final class Merger implements Closeable {

  private final List<Run.Reader> all = new ArrayList<>();
  private final PriorityQueue<Run.Reader> readers = new PriorityQueue<>();

  Merger(List<Run> runs, String origin) throws IOException {
    try {
      for (Run run : runs) {
        Run.Reader reader = new Run.Reader(run, origin);
        all.add(reader);
        enqueue(reader);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void enqueue(Run.Reader reader) {
    if (reader.head() != null) {
      readers.add(reader);
    }
  }

  /** The next entry, or null at the end. */
  @Nullable Entry next() throws IOException {
    Run.Reader first = readers.poll();
    if (first == null) {
      return null;
    }
    Entry entry = first.head();
    first.advance();
    enqueue(first);
    return entry;
  }

  @Override
  public void close() throws IOException {
    for (Run.Reader reader : all) {
      reader.close();
    }
  }
}
