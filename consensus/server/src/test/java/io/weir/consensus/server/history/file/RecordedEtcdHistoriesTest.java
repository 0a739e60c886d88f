package io.weir.consensus.server.history.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.consensus.server.history.History;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Histories that others recorded and judged: whether each of them is linearizable is known. */
class RecordedEtcdHistoriesTest {

  private static final int MAX_CONFIGURATIONS = 256;

  private static Path folder() {
    Path data =
        Optional.ofNullable(System.getenv("WEIR_SHARED_DATA"))
            .map(Path::of)
            .orElse(Path.of("../../../shared/data"));
    Path folder = data.resolve("histories");
    Assumptions.assumeTrue(Files.isDirectory(folder), folder + " is not there");
    return folder;
  }

  @Test
  @Timeout(60)
  void allVerdictsAreTheKnownOnes() throws Exception {
    Path folder = folder();
    Map<String, String> known = new TreeMap<>();
    Map<String, String> found = new TreeMap<>();

    for (String line : Files.readAllLines(folder.resolve("verdicts.csv"))) {
      String[] columns = line.split(",", 2);
      History<?, ?, ?> history = HistoryFile.read(folder.resolve("etcd").resolve(columns[0]));
      known.put(columns[0], columns[1].strip());
      found.put(columns[0], "" + history.violations(MAX_CONFIGURATIONS).isEmpty());
    }

    assertThat(known).hasSize(70).containsValue("true").containsValue("false");
    assertThat(found).isEqualTo(known);
  }
}
