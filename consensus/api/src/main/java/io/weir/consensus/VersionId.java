package io.weir.consensus;

import java.util.regex.Pattern;

/**
 * A version of one history. Histories that parted use the same numbers for different versions; by
 * number and hash together no two are taken for each other.
 *
 * @param version at least 1
 * @param hash see {@link Chain}: 64 hexadecimal digits
 */
public record VersionId(long version, String hash) {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int SHOWN = 12;

  public VersionId {
    Limits.checkVersion("version", version, 1);
    if (!HASH.matcher(hash).matches()) {
      throw new StoreException.InvalidRequest(
          "hash '" + Limits.shorten(hash) + "': a version's hash has 64 digits from 0 to f");
    }
  }

  public static VersionId of(Revision revision) {
    return new VersionId(revision.version(), revision.hash());
  }

  /** For people, who need no more of a hash than tells it from others. */
  @Override
  public String toString() {
    return "version " + version + " (" + hash.substring(0, SHOWN) + ")";
  }
}
