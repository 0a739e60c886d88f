package io.weir.jobs.upgrade;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param cluster where the JobManager answers
 * @param job the name of a running job, or its id
 * @param jar the new one
 * @param oldJar what the job runs now; null: the one that it was uploaded with
 * @param savepoints where the savepoint goes; null: where the cluster's configuration says
 * @param arguments of both jars; empty: those that the job was started with
 * @param limit for the stop, for the new job's first checkpoint, and for that of the old one if it
 *     must come back. Too short, and a good upgrade is rolled back
 */
public record UpgradeRequest(
    URI cluster,
    String job,
    Path jar,
    @Nullable Path oldJar,
    @Nullable String savepoints,
    List<String> arguments,
    Duration limit) {

  public UpgradeRequest {
    arguments = List.copyOf(arguments);
  }
}
