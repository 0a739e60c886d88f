package io.weir.consensus.server.paxos.node;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.contract.ConfigurationStoreContract;
import io.weir.consensus.server.raft.ThreeStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over three nodes, each call answered by another one. */
class PaxosStoreTest extends ConfigurationStoreContract {

  @TempDir private static Path directory;

  private static ThreeStores stores;

  @BeforeAll
  static void start() throws Exception {
    stores =
        new ThreeStores(
            (node, members, register) ->
                PaxosLog.start(
                    PaxosSettings.of("test", node, members, directory.resolve(node)), register));
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
