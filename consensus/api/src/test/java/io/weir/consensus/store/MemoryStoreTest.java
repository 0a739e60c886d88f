package io.weir.consensus.store;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.contract.ConfigurationStoreContract;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

class MemoryStoreTest extends ConfigurationStoreContract {

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final RegisterStore store =
      RegisterStore.inMemory(new LimitCheck(), InstantSource.system(), executor);

  @AfterEach
  void close() {
    store.close();
    executor.shutdownNow();
  }

  @Override
  public ConfigurationStore store() {
    return store;
  }
}
