package io.weir.jobs.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.jobs.local.LocalCluster;
import io.weir.jobs.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class AnomalyJobTest {

  private static LocalCluster cluster;

  @TempDir private Path folder;
  private Path input;
  private Path output;
  private final Map<String, List<String>> series = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    cluster = AnomalyRun.cluster();
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  @BeforeEach
  void writeSeries() throws IOException {
    input = Files.createDirectories(folder.resolve("in"));
    output = folder.resolve("out");
    for (int i = 0; i < 5; i++) {
      write("traffic/speed_" + i + ".csv", rows(i, 300 + 200 * i));
    }
    write("traffic/deep/down.csv.gz", rows(9, 400));
    write("gaps.csv", List.of("timestamp,value", "a,1", "\"b,c\",", "d,2.5e3", "e,NaN"));
    write("header-only.csv", List.of("timestamp,value"));
    write("empty.csv", List.of());
  }

  private static List<String> rows(long seed, int count) {
    Random random = new Random(seed);
    List<String> rows = new ArrayList<>(List.of("timestamp,value"));
    for (int i = 0; i < count; i++) {
      double value = i == count / 2 ? 1e4 : random.nextGaussian();
      rows.add("2015-07-10 14:%02d:%02d,%s".formatted(i / 60 % 60, i % 60, value));
    }
    return rows;
  }

  private void write(String name, List<String> lines) throws IOException {
    Path file = input.resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream plain = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
      for (String line : lines) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    series.put(name.replaceAll("\\.gz$", ""), lines);
  }

  private Map<String, List<String>> expected() {
    Map<String, List<String>> expected = new TreeMap<>();
    series.forEach((name, lines) -> expected.put(name, AnomalyRun.scored(lines)));
    return expected;
  }

  private String settings() {
    return AnomalyRun.settings(input, output, folder.resolve("dead"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void mirrorsEachFileWithItsRowsInOrderAndTheirScores(int parallelism) throws Exception {
    AnomalyRun.run(cluster, AnomalyRun.prepare(folder, settings()), parallelism);

    assertThat(AnomalyRun.files(output)).isEqualTo(expected());
    assertThat(folder.resolve("dead")).doesNotExist();
  }

  @Test
  void replacesWhatARunBeforeHasLeft() throws Exception {
    Files.createDirectories(output);
    Files.writeString(output.resolve("gaps.csv"), "older\n".repeat(100));

    AnomalyRun.run(cluster, AnomalyRun.prepare(folder, settings()), 2);

    assertThat(AnomalyRun.files(output)).isEqualTo(expected());
  }

  @Test
  void aRowThatIsBrokenBecomesADeadLetterAndTheOthersGoOn() throws Exception {
    List<String> rows = series.get("traffic/speed_0.csv");
    List<String> broken = new ArrayList<>(rows);
    broken.add(7, "2015-07-10,12,3");
    broken.add(9, "2015-07-10,0x1p3");
    broken.add(11, "2015-07-10");
    write("traffic/speed_0.csv", broken);
    series.put("traffic/speed_0.csv", rows);

    AnomalyRun.run(cluster, AnomalyRun.prepare(folder, settings()), 2);

    assertThat(AnomalyRun.files(output)).isEqualTo(expected());
    assertThat(AnomalyRun.files(folder.resolve("dead")).values().stream().flatMap(List::stream))
        .hasSize(3)
        .allMatch(letter -> letter.contains(input.resolve("traffic/speed_0.csv").toString()))
        .anyMatch(letter -> letter.contains("more fields than the two columns"))
        .anyMatch(letter -> letter.contains("expected is a number, found"))
        .anyMatch(letter -> letter.contains("one field where there are two columns"));
  }

  private void assertRefused(String yaml, String problem) {
    assertThatThrownBy(() -> AnomalyRun.prepare(folder, yaml))
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e -> assertThat(e.problems()).singleElement().asString().endsWith(problem));
  }

  @Test
  void aFileWithOtherColumnsIsRefusedBeforeTheJobStarts() throws IOException {
    write("other.csv", List.of("value,timestamp", "1,a"));

    assertRefused(
        settings(),
        "source.file.path: the header of %s is value,timestamp, expected is timestamp,value"
            .formatted(input.resolve("other.csv")));
  }

  @Test
  void twoFilesThatWouldBeWrittenAsOneAreRefused() throws IOException {
    write("gaps.csv.gz", List.of("timestamp,value"));

    assertRefused(
        settings(),
        "source.file.path: %s and %s would be written to the same file"
            .formatted(input.resolve("gaps.csv"), input.resolve("gaps.csv.gz")));
  }

  @Test
  void aFolderWithoutSeriesIsRefused() throws IOException {
    Path bare = Files.createDirectory(folder.resolve("bare"));
    Files.writeString(bare.resolve("windows.json"), "{}");

    assertRefused(
        AnomalyRun.settings(bare, output, folder.resolve("dead")),
        "source.file.path: there is no CSV file in " + bare);
  }

  @Test
  void scoresAreNotWrittenIntoWhatIsRead() {
    assertRefused(
        AnomalyRun.settings(input, input.resolve("scores"), folder.resolve("dead")),
        "sink.file.path: must not lie in what is read, " + input);
  }
}
