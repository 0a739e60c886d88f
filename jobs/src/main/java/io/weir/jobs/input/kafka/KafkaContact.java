package io.weir.jobs.input.kafka;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Asks once whether Kafka answers, for as long as the client's {@code default.api.timeout.ms}
 * allows, a minute unless set.
 *
 * @param properties the consumer's own; those that an admin client knows count
 */
public record KafkaContact(String servers, Map<String, String> properties)
    implements Callable<Integer>, Serializable {

  /**
   * Asks.
   *
   * @return how many brokers there are
   * @throws NoContactException if none has answered
   */
  @Override
  public Integer call() throws InterruptedException {
    try {
      return brokers();
    } catch (ExecutionException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    } catch (RuntimeException e) {
      // The client's configuration, or a host's name, leads nowhere.
      throw failed(e);
    }
  }

  private int brokers() throws InterruptedException, ExecutionException {
    Map<String, Object> admin = new HashMap<>(properties);
    admin.keySet().retainAll(AdminClientConfig.configNames());
    admin.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    try (Admin client = Admin.create(admin)) {
      return client.describeCluster().nodes().get().size();
    }
  }

  private NoContactException failed(Throwable cause) {
    return new NoContactException(
        "Kafka at "
            + servers
            + " could not be reached; check source.kafka.servers, whether a broker runs there, and"
            + " what it asks for under properties (security.protocol, sasl.jaas.config, ...)",
        cause);
  }

  /** Without the properties: a password may be among them. */
  @Override
  public String toString() {
    return "Kafka at " + servers;
  }
}
