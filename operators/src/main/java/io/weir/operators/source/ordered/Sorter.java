package io.weir.operators.source.ordered;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sorts entries with bounded memory and bounded work a call. Full buffers become runs of level 0;
 * as soon as a level has as many runs as are merged at once, they become one run of the next level,
 * so that each entry is written once a level and few files are open.
 */
final class Sorter implements Closeable {

  private static final int ENTRIES_PER_STEP = 1000;

  private final String origin;
  private final Path folder;
  private final long memoryBytes;
  private final int fanIn;

  private final List<Entry> buffer = new ArrayList<>();
  private long bufferedBytes;
  private final List<List<Run>> levels = new ArrayList<>();

  // The merge that is going on.
  private int mergedLevel;
  private @Nullable Merger source;
  private Run.@Nullable Writer target;

  private @Nullable Merger sorted;

  Sorter(String origin, Path folder, long memoryBytes, int fanIn) throws IOException {
    this.origin = origin;
    this.memoryBytes = memoryBytes;
    this.fanIn = fanIn;
    this.folder = Files.createTempDirectory(Files.createDirectories(folder), "weir-sort-");
  }

  void add(Entry entry) throws IOException {
    buffer.add(entry);
    bufferedBytes += entry.memoryBytes();
    if (bufferedBytes > memoryBytes) {
      spill();
    }
  }

  private void spill() throws IOException {
    Collections.sort(buffer);
    try (Run.Writer writer = new Run.Writer(folder)) {
      for (Entry entry : buffer) {
        writer.add(entry);
      }
      level(0).add(writer.finish());
    }
    buffer.clear();
    bufferedBytes = 0;
  }

  private List<Run> level(int index) {
    while (levels.size() <= index) {
      levels.add(new ArrayList<>());
    }
    return levels.get(index);
  }

  /** Does a piece of the merging that is due; whether there was any. */
  boolean mergeSome() throws IOException {
    if (source == null || target == null) {
      return beginMerge();
    }
    for (int i = 0; i < ENTRIES_PER_STEP; i++) {
      Entry entry = source.next();
      if (entry == null) {
        endMerge(source, target.finish());
        return true;
      }
      target.add(entry);
    }
    return true;
  }

  private boolean beginMerge() throws IOException {
    for (int i = 0; i < levels.size(); i++) {
      if (levels.get(i).size() >= fanIn) {
        mergedLevel = i;
        source = new Merger(levels.get(i), origin);
        target = new Run.Writer(folder);
        return true;
      }
    }
    return false;
  }

  private void endMerge(Merger merger, Run merged) throws IOException {
    merger.close();
    for (Run run : levels.get(mergedLevel)) {
      run.delete();
    }
    levels.get(mergedLevel).clear();
    level(mergedLevel + 1).add(merged);
    source = null;
    target = null;
  }

  /** Ends the input; called when {@link #mergeSome()} has nothing to do. */
  void finish() throws IOException {
    spill();
    sorted = new Merger(levels.stream().flatMap(List::stream).toList(), origin);
  }

  boolean isFinished() {
    return sorted != null;
  }

  /** After {@link #finish()}: the next entry in order, or null at the end. */
  @Nullable Entry next() throws IOException {
    if (sorted == null) {
      throw new IllegalStateException("the input has not ended yet");
    }
    return sorted.next();
  }

  @Override
  public void close() throws IOException {
    if (source != null) {
      source.close();
    }
    if (target != null) {
      target.close();
    }
    if (sorted != null) {
      sorted.close();
    }
    deleteFolder();
  }

  private void deleteFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
