package io.weir.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.SettingsOptions;
import io.weir.jobs.local.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Flink finds an operator's state by its uid. One that changes, or that Flink makes up, is state
 * that an upgrade loses: all of them stand in {@code operators.txt}, and a line goes from there
 * only with a release that says so.
 */
class OperatorUidsTest {

  private static final Path LIST =
      Path.of("src", "test", "resources", "io", "weir", "jobs", "operators.txt");

  private static final String KAFKA = "{servers: '127.0.0.1:9092', topic: t, format: json}";

  private static final String COLUMNS =
      "schema: {at: time, url: string, status: long, bytes: long}\ntime: {field: at}\n";

  private static final List<String> SINKS =
      List.of(
          """
          sink: {file: {path: out}}
          dead-letters: {file: {path: dead}}
          """,
          """
          sink: {print: {}}
          """,
          """
          sink: {kafka: {servers: '127.0.0.1:9092', topic: out}}
          dead-letters: {kafka: {servers: '127.0.0.1:9092', topic: dead}}
          """,
          """
          sink: {postgres: {url: 'jdbc:postgresql://127.0.0.1/db'}}
          dead-letters: {postgres: {url: 'jdbc:postgresql://127.0.0.1/db'}}
          """);

  @TempDir private Path folder;

  private Path input;

  private final Set<String> found = new TreeSet<>();

  @BeforeEach
  void writeInput() throws IOException {
    input = Files.writeString(folder.resolve("in.csv"), "timestamp,value\n");
  }

  @Test
  void everyOperatorOfEveryJobHasTheUidThatIsListed() throws IOException {
    addAnalytics();
    addMonitoring();
    addRecommendation();
    add("anomaly", "source: {file: {path: '%s'}}\nsink: {file: {path: /out}}\n".formatted(input));
    add("generator", "generator: {events: 1}\nsink: {file: {path: out}}\n");
    add("generator", "sink: {kafka: {servers: '127.0.0.1:9092', topic: out}}\n");

    assertThat(found).containsExactlyElementsOf(Files.readAllLines(LIST));
  }

  private void addAnalytics() throws IOException {
    String plan =
        "group-by: [url]\nwindow: {tumbling: 1min}\naggregates: {n: count, top: \"top(url, 3)\"}\n";
    String file = "source: {file: {path: '%s', format: json}}\n".formatted(input) + COLUMNS + plan;
    String kafka = "source: {kafka: " + KAFKA + "}\n" + COLUMNS + plan;
    addAll("analytics", file, SINKS);
    for (String more :
        List.of(
            "where: status < 500\n",
            "store: {embedded: true}\nstamp: true\n",
            "routing: {by: row}\n",
            "routing: {by: group}\n",
            "routing: {by: group, split-keys: true}\n",
            "store: {embedded: true}\nstamp: true\nrouting: {by: group}\n")) {
      addAll("analytics", kafka + more, SINKS.subList(0, 1));
    }
  }

  private void addMonitoring() throws IOException {
    String spans = "source: {file: {path: '%s', format: otlp-json}}\n".formatted(input);
    addAll("monitoring", spans, SINKS);
    addAll("monitoring", spans + "metrics: {groups: 0}\n", SINKS.subList(0, 1));
    addAll("monitoring", spans + "store: {embedded: true}\nstamp: true\n", SINKS.subList(0, 1));
  }

  private void addRecommendation() throws IOException {
    String actions =
        """
        source: {kafka: %s}
        fields: {user: user, item: item, weight: stars, time: at}
        """
            .formatted(KAFKA);
    addAll("recommendation", actions, SINKS);
    addAll(
        "recommendation",
        actions + "store: {embedded: true}\nstamp: true\nmodel: {dump: /model}\n",
        SINKS.subList(0, 1));
  }

  private void addAll(String job, String settings, List<String> sinks) throws IOException {
    for (String sink : sinks) {
      add(job, settings + sink);
    }
  }

  private void add(String job, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
    StreamExecutionEnvironment env =
        new StreamExecutionEnvironment(LocalCluster.profile(Path.of("..", "flink-conf", "local")));
    new Launcher(Jobs.all(), name -> null)
        .prepare(
            job, CommandLine.populateCommand(new SettingsOptions(), "--settings", file.toString()))
        .define(env);
    env.getStreamGraph().getStreamNodes().forEach(node -> add(job, yaml, node));
  }

  private void add(String job, String yaml, StreamNode node) {
    assertThat(node.getTransformationUID())
        .as("uid of the operator %s of %s with%n%s", node.getOperatorName(), job, yaml)
        .isNotNull();
    found.add(job + " " + node.getTransformationUID());
  }
}
