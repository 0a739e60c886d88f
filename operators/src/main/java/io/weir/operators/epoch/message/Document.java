package io.weir.operators.epoch.message;

import java.io.Serializable;

/**
 * A version of a job's configuration as it was agreed.
 *
 * @param version 1, 2, 3, ...; 0 for a document that came with the job's settings
 * @param hash of the version's history, see {@link io.weir.consensus.Chain}; empty for version 0
 * @param text YAML or JSON, as it was written
 */
public record Document(long version, String hash, String text) implements Serializable {

  /** Without the text, which may be long. */
  @Override
  public String toString() {
    return "version " + version;
  }
}
