package io.weir.jobs.launch;

import io.weir.jobs.settings.Section;

/** One kind of job, as it is named on the command line. */
public interface JobDefinition {

  /** The name in {@code weir run <name>}: lower case, hyphens. */
  String name();

  /** What the job does, in a line. */
  String summary();

  /**
   * Reads and checks the settings, and nothing else: no connection, no file but the settings' own.
   *
   * @param settings takes every mistake; a mistake is never thrown. The caller ends the reading of
   *     this section, the job that of the sections inside.
   * @return the job; used only if there was no mistake
   */
  PreparedJob prepare(Section settings);
}
