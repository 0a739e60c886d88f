package io.weir.operators.source.ordered;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.operators.intake.RawRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SorterTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 31, 32, 100})
  void mergesRunsOverSeveralLevels(int count) throws IOException {
    Random random = new Random(count);
    List<Entry> entries = new ArrayList<>();
    List<Entry> sorted = new ArrayList<>();
    // A run an entry, two merged at once: 100 entries need seven levels.
    try (Sorter sorter = new Sorter("o", folder, 1, 2)) {
      for (int i = 0; i < count; i++) {
        byte[] key = random.nextInt(5) == 0 ? null : new byte[] {(byte) random.nextInt(256)};
        Entry entry = new Entry(key, i, RawRecord.data("o", i, new byte[i % 3]));
        entries.add(entry);
        sorter.add(entry);
        while (sorter.mergeSome()) {
          // until nothing is due
        }
      }
      sorter.finish();
      for (Entry entry = sorter.next(); entry != null; entry = sorter.next()) {
        sorted.add(entry);
      }
    }

    Collections.shuffle(entries, random);
    Collections.sort(entries);
    assertThat(sorted).usingRecursiveComparison().isEqualTo(entries);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void removesItsFilesThoughItIsClosedInTheMiddleOfAMerge() throws IOException {
    try (Sorter sorter = new Sorter("o", folder, 1, 2)) {
      sorter.add(new Entry(null, 0, RawRecord.data("o", 0, new byte[1])));
      sorter.add(new Entry(null, 1, RawRecord.data("o", 1, new byte[1])));
      assertThat(sorter.mergeSome()).isTrue();
    }

    assertThat(folder).isEmptyDirectory();
  }
}
