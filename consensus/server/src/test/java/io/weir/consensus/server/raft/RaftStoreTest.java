package io.weir.consensus.server.raft;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.contract.ConfigurationStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over three nodes, each call answered by another one. */
class RaftStoreTest extends ConfigurationStoreContract {

  @TempDir private static Path directory;

  private static ThreeStores stores;

  @BeforeAll
  static void start() throws Exception {
    stores =
        new ThreeStores(
            (node, members, register) ->
                RaftLog.start(
                    RaftSettings.of("test", node, members, directory.resolve(node)), register));
  }

  @AfterAll
  static void stop() {
    stores.close();
  }

  @Override
  public ConfigurationStore store() {
    return stores.next();
  }
}
