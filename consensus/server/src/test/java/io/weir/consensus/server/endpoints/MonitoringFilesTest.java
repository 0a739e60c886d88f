package io.weir.consensus.server.endpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.server.schema.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alarms and the dashboard speak of what nodes show, in the form that their readers take. */
class MonitoringFilesTest {

  private static final Path FOLDER = Path.of("..", "..", "flink-conf", "monitoring");
  private static final Pattern METRIC = Pattern.compile("\\b(?:weir|flink)_[A-Za-z0-9_]+");
  private static final Pattern DURATION = Pattern.compile("[0-9]+[smh]");

  private static JsonNode alerts() throws IOException {
    return YamlDocument.parse("alerts", Files.readString(FOLDER.resolve("alerts.yaml")));
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
  }

  private static List<JsonNode> rules() throws IOException {
    List<JsonNode> rules = new ArrayList<>();
    alerts().path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  private static List<String> expressions() throws IOException {
    List<String> all = new ArrayList<>();
    rules().forEach(rule -> all.add(rule.path("expr").asText()));
    dashboard().findValues("expr").forEach(each -> all.add(each.asText()));
    return all;
  }

  @Test
  void everyRuleHasWhatPrometheusNeedsAndWhatAPersonDoes() throws IOException {
    Set<String> names = new HashSet<>();

    assertThat(alerts().path("groups"))
        .hasSize(2)
        .allMatch(group -> group.path("name").isTextual());
    assertThat(rules())
        .hasSizeGreaterThan(12)
        .allSatisfy(
            rule -> {
              assertThat(names.add(rule.path("alert").asText())).isTrue();
              assertThat(rule.path("alert").asText()).startsWith("Weir");
              assertThat(rule.path("expr").asText()).isNotBlank();
              assertThat(rule.path("for").asText("1m")).matches(DURATION);
              assertThat(rule.path("labels").path("severity").asText())
                  .isIn("info", "warning", "critical");
              assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
              assertThat(rule.path("annotations").path("action").asText()).isNotBlank();
            });
  }

  @Test
  void everyPageThatAnAlarmNamesIsThere() throws IOException {
    for (JsonNode rule : rules()) {
      Pattern.compile("operations/([a-z-]+\\.md)(?:, ([^;]+))?")
          .matcher(rule.path("annotations").path("action").asText())
          .results()
          .forEach(
              page -> {
                Path file = Path.of("..", "..", "docs", "operations", page.group(1));
                assertThat(file).exists();
                if (page.group(2) != null) {
                  assertThat(file).content().contains("# " + page.group(2).strip() + "\n");
                }
              });
    }
  }

  @Test
  void everyPanelShowsSomethingAndHasAPlaceOfItsOwn() throws IOException {
    Set<String> places = new HashSet<>();
    Set<Integer> ids = new HashSet<>();

    assertThat(dashboard().path("title").asText()).isEqualTo("Weir");
    assertThat(dashboard().path("schemaVersion").isInt()).isTrue();
    assertThat(dashboard().path("panels"))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            panel -> {
              assertThat(ids.add(panel.path("id").asInt())).isTrue();
              assertThat(places.add(panel.path("gridPos").toString())).isTrue();
              assertThat(panel.path("title").asText()).isNotBlank();
              boolean isRow = panel.path("type").asText().equals("row");
              assertThat(isRow || !panel.path("targets").isEmpty()).isTrue();
            });
  }

  @Test
  void bracketsAndQuotesOfEveryExpressionMatch() throws IOException {
    assertThat(expressions())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            expression -> {
              String bare = expression.replaceAll("\"[^\"]*\"", "");
              assertThat(bare).doesNotContain("\"");
              assertThat(bare.chars().filter(c -> "({[".indexOf(c) >= 0).count())
                  .as(expression)
                  .isEqualTo(bare.chars().filter(c -> ")}]".indexOf(c) >= 0).count());
            });
  }

  @Test
  void everyMetricOfANodeIsOneThatNodesShow() throws IOException {
    String shown = shown();

    assertThat(expressions().stream().flatMap(MonitoringFilesTest::metrics))
        .filteredOn(name -> name.startsWith("weir_"))
        .hasSizeGreaterThan(10)
        .allSatisfy(name -> assertThat(shown).containsPattern("(?m)^" + name + "[{ ]"));
  }

  private static Stream<String> metrics(String expression) {
    return METRIC.matcher(expression).results().map(result -> result.group());
  }

  private static String shown() {
    NodeMetrics metrics =
        new NodeMetrics(() -> new LogStatus("n1", "leader", "n1", 1, 2, 2, List.of("n1")));
    metrics.answered("PUT", "/v1/jobs/{job}", 200, 1_000_000);
    metrics.counted(CompletableFuture.completedFuture("done")).join();
    return new String(metrics.text(), UTF_8);
  }

  /** Where Prometheus' own checker is installed: it knows every expression's types, too. */
  @Test
  void prometheusTakesTheRules() throws Exception {
    assumePromtool();

    assertSucceeds("promtool", "check", "rules", FOLDER.resolve("alerts.yaml").toString());
  }

  /** Each operator of a chain counts a record anew: one in a hundred must not become one in ten. */
  @Test
  void prometheusRaisesAlarmsWhereItShouldAndNotWhereItShouldNot(@TempDir Path temp)
      throws Exception {
    assumePromtool();
    Files.copy(FOLDER.resolve("alerts.yaml"), temp.resolve("alerts.yaml"));
    try (InputStream tests = MonitoringFilesTest.class.getResourceAsStream("alerts-test.yaml")) {
      Files.copy(Objects.requireNonNull(tests), temp.resolve("alerts-test.yaml"));
    }

    assertSucceeds("promtool", "test", "rules", temp.resolve("alerts-test.yaml").toString());
  }

  private static void assumePromtool() {
    Assumptions.assumeTrue(isInstalled("promtool"), "promtool (Debian: prometheus) is missing");
  }

  private static void assertSucceeds(String... command) throws Exception {
    Process check = new ProcessBuilder(command).redirectErrorStream(true).start();

    String said = new String(check.getInputStream().readAllBytes(), UTF_8);
    assertThat(check.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue()).as(said).isZero();
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
