package io.weir.jobs.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster in this process, with REST API and web UI. Folders that its configuration does
 * not name (checkpoints, savepoints, temporary files) lie in a temporary folder that goes when the
 * cluster is closed. All methods may be called by any thread.
 */
public final class LocalCluster implements AutoCloseable {

  private final Configuration configuration;
  private final WorkFolder folder;
  private final MiniCluster flink;

  private LocalCluster(Configuration configuration, WorkFolder folder, MiniCluster flink) {
    this.configuration = configuration;
    this.folder = folder;
    this.flink = flink;
  }

  /**
   * Reads a profile.
   *
   * @param folder holds a {@code config.yaml}
   * @throws IllegalConfigurationException if there is none or it cannot be read
   */
  public static Configuration profile(Path folder) {
    return GlobalConfiguration.loadConfiguration(folder.toString());
  }

  /**
   * Starts a cluster of one TaskManager with at least as many slots as the default parallelism.
   *
   * @throws Exception what Flink throws if it cannot start
   */
  public static LocalCluster start(Configuration profile) throws Exception {
    return start(profile, WorkFolder.create());
  }

  static LocalCluster start(Configuration profile, WorkFolder folder) throws Exception {
    try {
      Configuration configuration = folder.placeInto(profile);
      MiniCluster flink = new MiniCluster(describe(configuration));
      flink.start();
      return new LocalCluster(configuration, folder, flink);
    } catch (Exception e) {
      folder.delete();
      throw e;
    }
  }

  private static MiniClusterConfiguration describe(Configuration configuration) {
    int slots = configuration.get(TaskManagerOptions.NUM_TASK_SLOTS);
    int parallelism = configuration.get(CoreOptions.DEFAULT_PARALLELISM);
    return new MiniClusterConfiguration.Builder()
        .setConfiguration(configuration)
        .setNumTaskManagers(1)
        .setNumSlotsPerTaskManager(Math.max(slots, parallelism))
        .withRandomPorts()
        .build();
  }

  /** Where the REST API and the web UI answer. */
  public URI address() {
    return flink.getRestAddress().join();
  }

  /**
   * Builds a job's graph with this cluster's configuration and starts it.
   *
   * @param define adds sources, operators and sinks
   * @throws Exception what Flink throws if the graph or the job's initialisation is wrong
   */
  public JobClient submit(String name, Consumer<StreamExecutionEnvironment> define)
      throws Exception {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
    define.accept(env);
    StreamGraph graph = env.getStreamGraph();
    graph.setJobName(name);
    return submit(graph.getJobGraph());
  }

  /**
   * Starts a job and waits until it is past its initialisation.
   *
   * @throws Exception what Flink throws if the job cannot be started
   */
  public JobClient submit(JobGraph graph) throws Exception {
    ClassLoader classes = LocalCluster.class.getClassLoader();
    flink.submitJob(graph).get();
    ClientUtils.waitUntilJobInitializationFinished(
        () -> flink.getJobStatus(graph.getJobID()).get(),
        () -> flink.requestJobResult(graph.getJobID()).get(),
        classes);
    return new MiniClusterJobClient(
        graph.getJobID(), flink, classes, JobFinalizationBehavior.NOTHING);
  }

  /** Stops Flink, cancelling what still runs, and removes the temporary folder. */
  @Override
  public void close() throws IOException {
    try {
      flink.closeAsync().get();
    } catch (ExecutionException e) {
      throw new IOException("the local cluster did not stop cleanly", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the local cluster stopped", e);
    } finally {
      folder.delete();
    }
  }
}
