package io.weir.consensus.server.endpoints;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.log.LogStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Everything that a node answers. */
public final class Endpoints implements AutoCloseable {

  private final WatchEndpoint watch;
  private final Routes routes;

  /**
   * @param store is not closed by this
   * @param executor finishes watches
   * @param maxWatchers that may wait at the same time
   */
  public Endpoints(
      ConfigurationStore store,
      Supplier<LogStatus> status,
      NodeMetrics metrics,
      Executor executor,
      int maxWatchers) {
    this.watch = new WatchEndpoint(store, metrics, executor, maxWatchers);
    List<Route> all = new ArrayList<>();
    all.addAll(new NodeEndpoints(store, status, metrics).routes());
    all.addAll(new StoreEndpoints(store, metrics).routes());
    all.add(new DiffEndpoint(store).route());
    all.add(watch.route());
    this.routes = new Routes(all);
  }

  public Routes routes() {
    return routes;
  }

  /** Ends the watches that wait. */
  @Override
  public void close() {
    watch.close();
  }
}
