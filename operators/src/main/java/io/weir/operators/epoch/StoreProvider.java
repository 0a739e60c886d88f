package io.weir.operators.epoch;

import io.weir.consensus.ConfigurationStore;
import java.io.Serializable;

/** Opens the store of a job's configuration, in the JobManager. */
@FunctionalInterface
public interface StoreProvider extends Serializable {

  /** A client of the store; whoever opens it closes it. Does not wait for the store. */
  ConfigurationStore open() throws Exception;
}
