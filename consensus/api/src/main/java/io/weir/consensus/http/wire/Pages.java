package io.weir.consensus.http.wire;

/** How much comes with one answer. */
public final class Pages {

  /** Versions with content, whatever limit the client sets: at most 8 MiB of JSON. */
  public static final int REVISIONS = 16;

  private Pages() {}
}
