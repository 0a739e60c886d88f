package io.weir.cluster;

import io.weir.cluster.servers.FlinkLibrary;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a cluster is made of.
 *
 * @param project the project's folder, or an unpacked release
 * @param folder takes everything that the cluster writes; must be empty or missing
 * @param library Flink's
 * @param jobJar with all jobs, as it goes to clusters
 * @param storeClassPath a file that holds the class path of the store's nodes in one line
 * @param options Flink's, over the cluster's own
 */
public record ClusterSettings(
    Path project,
    Path folder,
    FlinkLibrary library,
    Path jobJar,
    Path storeClassPath,
    Map<String, String> options) {

  public ClusterSettings {
    options = Map.copyOf(options);
  }
}
