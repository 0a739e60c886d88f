package io.weir.consensus.server.raft;

import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.log.ReplicatedLog;
import io.weir.consensus.register.Register;
import io.weir.consensus.server.schema.JsonSchemaCheck;
import io.weir.consensus.store.RegisterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The stores of three nodes in this process, over a log of whatever algorithm. */
public final class ThreeStores implements AutoCloseable {

  private final List<RegisterStore> stores = new ArrayList<>();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final AtomicInteger calls = new AtomicInteger();

  /** Starts the log of one node. */
  public interface Start {
    ReplicatedLog log(String node, Map<String, String> members, Register register) throws Exception;
  }

  public ThreeStores(Start start) throws Exception {
    Map<String, String> members = LocalCluster.freeAddresses(3);
    for (String node : members.keySet()) {
      Register register = new Register();
      stores.add(
          new RegisterStore(
              register, start.log(node, members, register), new JsonSchemaCheck(), executor));
    }
  }

  /** Each time another one's. */
  public ConfigurationStore next() {
    return stores.get(calls.getAndIncrement() % stores.size());
  }

  @Override
  public void close() {
    stores.forEach(RegisterStore::close);
    executor.shutdownNow();
  }
}
