package io.weir.jobs.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.settings.InvalidSettingsException;
import io.weir.operators.recommendation.quality.RecommendationTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small inputs whose outcome can be told by hand. */
@Timeout(180)
class RecommendationJobTest {

  private static LocalCluster cluster;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(RecommendationRun.profile());
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  /** Two users like 1 and 2; a third one, who likes 1, is recommended 2 because of 1. */
  @Test
  void weighsActionsByItsRulesAndCountsOnlyTheDifferenceOfARepeatedOne() throws Exception {
    RecommendationRun run = new RecommendationRun(folder);
    Path input =
        Files.writeString(
            folder.resolve("in.csv"),
            """
            who,what,how,when
            ann,1,view,2026-01-01T00:00:01Z
            ann,2,buy,2026-01-01T00:00:02Z
            ben,1,buy,2026-01-01T00:00:03Z
            ben,2,view,2026-01-01T00:00:04Z
            ben,2,buy,2026-01-01T00:00:05Z
            ben,2,view,2026-01-01T00:00:06Z
            ben,3,stare,2026-01-01T00:00:07Z
            cem,,view,2026-01-01T00:00:08Z
            dan,9,view,2026-01-01T00:00:09Z
            cem,1,view,2026-01-01T00:00:10Z
            """);

    RecommendationTotals totals =
        run.run(
            cluster,
            1,
            """
            source: {file: {path: "%s", format: csv}}
            fields: {user: who, item: what, action: how, time: when}
            schema: {who: string, what: long, how: string, when: time}
            prequential: true
            top: 3
            model: {dump: "%s"}
            initial-configuration: "%s"
            """
                .formatted(
                    input,
                    folder.resolve("model"),
                    run.rules("{actions: {view: 1, buy: 5}, scoring: {popularity: 0.001}}")));

    assertThat(totals.events()).isEqualTo(8);
    // ann 2, ben 2: new items of users with a past. ben's repeated ones judge nothing.
    assertThat(totals.quality().evaluated()).isEqualTo(2);
    assertThat(totals.quality().hits()).isEqualTo(1);
    Map<String, String> counts =
        run.dumped("item-counts").stream().collect(Collectors.toMap(row -> row[0], row -> row[1]));
    assertThat(counts)
        .containsOnly(Map.entry("1", "7.0"), Map.entry("2", "10.0"), Map.entry("9", "1.0"));
    // min(1, 5) + min(5, 5).
    assertThat(run.dumped("neighbours"))
        .anySatisfy(row -> assertThat(row).startsWith("1", "1", "2", "6.0"));
    List<JsonNode> cem = listOf(run, "cem");
    assertThat(cem).hasSize(2);
    assertThat(cem.get(0).get("item").asLong()).isEqualTo(2);
    assertThat(cem.get(0).get("reason").asText()).isEqualTo("next:1");
    assertThat(cem.get(1).get("item").asLong()).isEqualTo(9);
    assertThat(cem.get(1).get("reason").asText()).isEqualTo("popular");
    assertThat(run.deadLetters())
        .hasSize(2)
        .anyMatch(letter -> letter.contains("stare") && letter.contains("[buy, view]"))
        .anyMatch(letter -> letter.contains("what is missing"));
  }

  private static List<JsonNode> listOf(RecommendationRun run, String user) throws IOException {
    return run.table("recommendations").stream()
        .filter(row -> row.get("user").asText().equals(user))
        .toList();
  }

  @Test
  void refusesWeightsThatAreNoneAndRoundsOthersByTheScale() throws Exception {
    RecommendationRun run = new RecommendationRun(folder);
    Path input =
        Files.writeString(
            folder.resolve("in.csv"),
            "user,item,stars,at\n1,1,3.5,100\n2,1,0,200\n3,1,NaN,300\n4,1,0.5,400\n5,1,2000000,500\n");

    run.run(
        cluster,
        2,
        """
        source: {file: {path: "%s", format: csv}}
        fields: {user: user, item: item, weight: stars, time: at}
        time: {unit: s, lateness: 1h}
        weight-scale: 2
        model: {dump: "%s"}
        """
            .formatted(input, folder.resolve("model")));

    assertThat(run.dumped("item-counts")).hasSize(1);
    assertThat(run.dumped("item-counts").get(0)).containsExactly("1", "8.0", "2");
    assertThat(run.deadLetters()).hasSize(3);
    assertThat(run.table("quality")).hasSize(1);
  }

  @Test
  void tellsTheLettersOfOneUserInOneMomentApart() throws Exception {
    RecommendationRun run = new RecommendationRun(folder);
    Path input =
        Files.writeString(
            folder.resolve("in.csv"), "user,item,stars,at\n2,1,0,200\n2,3,0,200\n2,3,2.5e6,200\n");

    run.run(
        cluster,
        2,
        """
        source: {file: {path: "%s", format: csv}}
        fields: {user: user, item: item, weight: stars, time: at}
        time: {unit: s, lateness: 1h}
        """
            .formatted(input));

    List<JsonNode> letters = new ArrayList<>();
    for (String line : run.deadLetters()) {
      letters.add(new ObjectMapper().readTree(line));
    }
    assertThat(letters)
        .extracting(letter -> letter.get("text").asText())
        .anyMatch(text -> text.contains("\"stars\":2500000.0"));
    assertThat(letters)
        .extracting(letter -> letter.get("origin").asText() + "@" + letter.get("position"))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void saysWhatIsWrongWithSettings() {
    RecommendationRun run = new RecommendationRun(folder);

    assertThatThrownBy(
            () ->
                run.prepare(
                    """
                    source: {kafka: {servers: "127.0.0.1:1", topic: a, format: json}}
                    fields: {user: who, item: what, weight: how, action: did, when: at}
                    schema: {who: boolean, what: string, time: time}
                    model: {shards: 0}
                    top: 1000
                    """))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e ->
                assertThat(String.join("\n", e.problems()))
                    .contains("fields.action: must not stand beside weight")
                    .contains("fields.when: is unknown")
                    .contains("fields.user: must be a column of type long or string")
                    .contains("fields.item: must be a column of type long, but what is string")
                    .contains("fields.action: there is no column did")
                    .contains("model.shards")
                    .contains("top"));
  }

  @Test
  void endsWithALineThatSaysHowGoodItWasAndByWhichProtocol() throws Exception {
    RecommendationRun run = new RecommendationRun(folder);
    var job =
        run.prepare(
            """
            source: {kafka: {servers: "127.0.0.1:1", topic: a, format: json}}
            fields: {user: who, item: what, weight: how}
            prequential: true
            """);

    Optional<String> line =
        job.result(
            Map.of(
                "recommendation.evaluated", 8L,
                "recommendation.hits", 2L,
                "recommendation.gains", 1.0,
                "recommendation.subtasks", 4L));

    assertThat(line)
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("{\"evaluated\":8,\"hr10\":0.250000,\"ndcg10\":0.125000,")
                    .endsWith("\"protocol\":\"served by 4 subtasks\"}"));
  }
}
