package io.weir.jobs.connectors;

/** How often a row is stored when the job fails and repeats what its last checkpoint lacks. */
public enum Guarantee {
  /** Once; readers see rows when the checkpoint that holds them is complete. */
  EXACTLY_ONCE,
  /** Once or more; readers see rows at once. */
  AT_LEAST_ONCE
}
