package io.weir.jobs.doctor;

import io.weir.jobs.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Whether brokers answer, and have the topics. */
final class KafkaChecks {

  private KafkaChecks() {}

  /**
   * Examines one place of the settings.
   *
   * @param key such as source.kafka
   * @param reads whether the job reads there, so that a missing topic is a mistake
   * @param limit for the answer
   */
  static List<Finding> examine(String key, Section kafka, boolean reads, Duration limit) {
    String servers = kafka.text("servers");
    Map<String, Object> properties = new HashMap<>(kafka.properties("properties"));
    properties.keySet().retainAll(AdminClientConfig.configNames());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) limit.toMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) limit.toMillis() / 2);
    try (Admin admin = Admin.create(properties)) {
      Set<String> there = admin.listTopics().names().get();
      List<Finding> findings = new ArrayList<>();
      findings.add(Finding.ok(key, servers + " answers"));
      kafka.texts("topic").forEach(topic -> findings.add(topic(key, topic, there, reads)));
      return findings;
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return List.of(
          Finding.fail(
              key,
              servers + " does not answer: " + cause.getMessage(),
              "start it, or mend servers, and what it asks for under properties"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.fail(key, "interrupted", "try again"));
    }
  }

  private static Finding topic(String key, String topic, Set<String> there, boolean reads) {
    if (there.contains(topic)) {
      return Finding.ok(key, "has topic " + topic);
    }
    String says = "there is no topic " + topic;
    String advice = "make it, with as many partitions as the job has subtasks";
    return reads ? Finding.fail(key, says, advice) : Finding.warn(key, says, advice);
  }
}
