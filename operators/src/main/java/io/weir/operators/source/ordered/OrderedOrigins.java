package io.weir.operators.source.ordered;

import io.weir.operators.source.Cursor;
import io.weir.operators.source.Origin;
import io.weir.operators.source.Origins;
import io.weir.operators.source.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Bounded origins sorted into one. Records with equal keys keep the order of their origins and
 * their place within them; records without a key come last. A record's position counts on through
 * the origins: in the first one it is the record's own, and each further one begins where the one
 * before ended. Half of the work is reading, half is delivering.
 *
 * <p>What is read must not change while the job lives: after a restore it is sorted once more, and
 * the records that were delivered already are left out.
 *
 * @param name the origin that the records bear
 * @param origins what to read, listed when the job was submitted
 * @param reader opens them
 * @param key makes a record's key
 * @param memoryBytes how much heap the sort may take. Small: more files and merging; large: the
 *     task runs out of memory
 * @param folder on the machine of the task; sorted runs are kept in a new folder in it, which is
 *     deleted at the end and takes about the size of the input, uncompressed
 */
public record OrderedOrigins(
    String name, List<Origin> origins, Origins reader, SortKey key, long memoryBytes, String folder)
    implements Origins {

  /** 64 MiB. */
  public static final long DEFAULT_MEMORY_BYTES = 64L << 20;

  /** How many sorted runs are merged at once, each through a small buffer. */
  private static final int FAN_IN = 64;

  public OrderedOrigins {
    origins = List.copyOf(origins);
    if (!reader.isBounded()) {
      throw new IllegalArgumentException("only what comes to an end can be sorted: " + name);
    }
  }

  @Override
  public List<Origin> list() {
    return List.of(new Origin(name, 2 * inputWork()));
  }

  long inputWork() {
    return origins.stream().mapToLong(Origin::work).sum();
  }

  @Override
  public Cursor open(Origin origin, Position from) throws IOException {
    if (!from.equals(Position.START) && from.offset() != fingerprint()) {
      throw new IOException(
          "cannot go on with the sorted " + name + ": other files, or of other sizes, than before");
    }
    key.open();
    Sorter sorter = new Sorter(name, Path.of(folder), memoryBytes, FAN_IN);
    return new OrderedCursor(this, sorter, from.skip());
  }

  /** Tells one input from another: what a position counts in. */
  long fingerprint() {
    long hash = 1;
    for (Origin origin : origins) {
      hash = hash * 0x100000001b3L + origin.name().hashCode();
      hash = hash * 0x100000001b3L + origin.work();
    }
    return hash;
  }
}
