package io.weir.operators.epoch.verify;

import io.weir.operators.epoch.stamp.Stamp;
import java.util.Locale;

/**
 * Under which version each record was seen first: a hash table with linear probing that holds a
 * hash of 64 bits in place of the record. A slot takes 16 bytes, and between a third and two thirds
 * of them are in use: 24 to 48 bytes for each record, and 72 while it grows.
 *
 * <p>Different records may share a hash. So what it finds is a suspicion, never a verdict; but no
 * record under two versions escapes it.
 */
final class RecordVersions {

  /** What {@link #note} has found. */
  enum Finding {
    NEW,
    SAME,
    /** Another version than before, for the first time. */
    SUSPECT,
    SUSPECT_AGAIN
  }

  private static final int FIRST_CAPACITY = 1 << 16;
  private static final int SLOT_BYTES = 2 * Long.BYTES;
  private static final long EMPTY = 0;
  private static final long MIXED = -1;

  private final long maxBytes;
  private long[] hashes = new long[FIRST_CAPACITY];
  private long[] versions = new long[FIRST_CAPACITY];
  private int size;

  /**
   * An empty table.
   *
   * @param maxBytes what it may take at most, also while it grows
   */
  RecordVersions(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  int size() {
    return size;
  }

  /** A record's hash in its job; never 0. */
  static long hash(Stamp stamp) {
    long hash = mixed(chars(chars(0xCBF29CE484222325L, stamp.job()) ^ '\n', stamp.record()));
    return hash == EMPTY ? 1 : hash;
  }

  // FNV-1a with 64 bits, over characters in place of bytes.
  private static long chars(long hash, String text) {
    long result = hash;
    for (int i = 0; i < text.length(); i++) {
      result = (result ^ text.charAt(i)) * 0x100000001B3L;
    }
    return result;
  }

  // The end of MurmurHash3: slots are chosen by the low bits.
  private static long mixed(long hash) {
    long result = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    result = (result ^ (result >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return result ^ (result >>> 33);
  }

  /**
   * Notes that a record was seen under a version.
   *
   * @throws NoVerdictException if there are too many records
   */
  Finding note(long hash, long version) throws NoVerdictException {
    int slot = slot(hash);
    if (hashes[slot] == EMPTY) {
      insert(hash, version);
      return Finding.NEW;
    }
    if (versions[slot] == version) {
      return Finding.SAME;
    }
    Finding finding = versions[slot] == MIXED ? Finding.SUSPECT_AGAIN : Finding.SUSPECT;
    versions[slot] = MIXED;
    return finding;
  }

  /** Where a hash is, or where it belongs. */
  private int slot(long hash) {
    int mask = hashes.length - 1;
    int slot = (int) hash & mask;
    while (hashes[slot] != EMPTY && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void insert(long hash, long version) throws NoVerdictException {
    if (3L * (size + 1) > 2L * hashes.length) {
      grow();
    }
    int slot = slot(hash);
    hashes[slot] = hash;
    versions[slot] = version;
    size++;
  }

  private void grow() throws NoVerdictException {
    int capacity = 2 * hashes.length;
    long bytes = 3L * hashes.length * SLOT_BYTES;
    if (capacity < 0 || bytes > maxBytes) {
      throw new NoVerdictException(tooMany(bytes));
    }
    long[] oldHashes = hashes;
    long[] oldVersions = versions;
    hashes = new long[capacity];
    versions = new long[capacity];
    for (int i = 0; i < oldHashes.length; i++) {
      if (oldHashes[i] != EMPTY) {
        int slot = slot(oldHashes[i]);
        hashes[slot] = oldHashes[i];
        versions[slot] = oldVersions[i];
      }
    }
  }

  private String tooMany(long bytes) {
    return String.format(
        Locale.ROOT,
        "more than %,d records need %,d MiB to be compared, and %,d MiB may be used; give more, for"
            + " instance WEIR_JAVA_OPTS=-Xmx%dm",
        size,
        bytes >> 20,
        maxBytes >> 20,
        (3 * bytes) >> 20);
  }
}
