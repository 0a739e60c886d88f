package io.weir.jobs.demo.balance;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Under which version each record of a topic was processed, as the job's stamps say. Memory: four
 * bytes for each offset.
 */
final class ProcessedEvents {

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final char BEFORE_OFFSET = '@';

  private final Map<String, int[]> versionsByOrigin = new HashMap<>();
  private long repeated;

  /**
   * Notes a stamp.
   *
   * @param record {@code origin@offset}
   * @param version 1 or more
   */
  void stamped(String record, long version) {
    int at = record.lastIndexOf(BEFORE_OFFSET);
    String origin = record.substring(0, at);
    int offset = Integer.parseInt(record, at + 1, record.length(), 10);
    int[] versions = versionsByOrigin.getOrDefault(origin, new int[FIRST_CAPACITY]);
    if (offset >= versions.length) {
      versions = Arrays.copyOf(versions, Math.max(offset + 1, 2 * versions.length));
    }
    if (versions[offset] != 0) {
      repeated++;
    }
    versions[offset] = Math.toIntExact(version);
    versionsByOrigin.put(origin, versions);
  }

  /** The version of a record; 0 if it was not processed. Each is asked for once. */
  long take(String origin, long offset) {
    int[] versions = versionsByOrigin.get(origin);
    if (versions == null || offset >= versions.length) {
      return 0;
    }
    int version = versions[(int) offset];
    versions[(int) offset] = 0;
    return version;
  }

  /** How many stamps there are of records that have one already. */
  long repeated() {
    return repeated;
  }

  /** How many records have been stamped that nobody has asked for. */
  long untaken() {
    return versionsByOrigin.values().stream()
        .flatMapToInt(Arrays::stream)
        .filter(version -> version != 0)
        .count();
  }
}
