package io.weir.jobs.letters;

import java.util.HashMap;
import java.util.Map;

/**
 * A topic, and what its brokers ask of whoever comes.
 *
 * @param servers {@code host:port}, several with commas
 * @param properties of the job's own client; those about security count here
 */
record KafkaPlace(String servers, Map<String, String> properties) {

  KafkaPlace {
    properties = Map.copyOf(properties);
  }

  /** For a client of any kind. */
  Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>();
    properties.forEach(
        (name, value) -> {
          if (name.matches("(security|sasl|ssl)\\..*")) {
            client.put(name, value);
          }
        });
    client.put("bootstrap.servers", servers);
    return client;
  }

  /** Without the properties: a password may be among them. */
  @Override
  public String toString() {
    return "Kafka at " + servers;
  }
}
