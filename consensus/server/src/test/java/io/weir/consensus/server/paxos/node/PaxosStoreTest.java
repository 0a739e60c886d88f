package io.weir.consensus.server.paxos.node;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.ConfigurationStoreContract;
import io.weir.consensus.register.Register;
import io.weir.consensus.server.raft.LocalCluster;
import io.weir.consensus.server.schema.JsonSchemaCheck;
import io.weir.consensus.store.RegisterStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over three nodes, each call answered by another one. */
class PaxosStoreTest extends ConfigurationStoreContract {

  @TempDir private static Path directory;

  private static final List<RegisterStore> STORES = new ArrayList<>();
  private static final ExecutorService EXECUTOR = Executors.newSingleThreadExecutor();
  private static final AtomicInteger CALLS = new AtomicInteger();

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> members = LocalCluster.freeAddresses(3);
    for (String node : members.keySet()) {
      Register register = new Register();
      PaxosSettings settings = PaxosSettings.of("test", node, members, directory.resolve(node));
      STORES.add(
          new RegisterStore(
              register, PaxosLog.start(settings, register), new JsonSchemaCheck(), EXECUTOR));
    }
  }

  @AfterAll
  static void stop() {
    STORES.forEach(RegisterStore::close);
    EXECUTOR.shutdownNow();
  }

  @Override
  protected ConfigurationStore store() {
    return STORES.get(CALLS.getAndIncrement() % STORES.size());
  }
}
