package io.weir.jobs.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReplayTest {

  @TempDir private Path folder;

  /** Each of so many letters, twice. */
  private Path mended(int letters) throws IOException {
    Path file = folder.resolve("mended.jsonl");
    MendedFile.write(
        file,
        reader -> {
          for (int i = 0; i < 2 * letters; i++) {
            byte[] bytes = ("line " + i % letters).getBytes(UTF_8);
            reader.accept(new Letter("broken", "", "in.log", i % letters, bytes));
          }
        });
    return file;
  }

  @Test
  void writesAsManyLettersAsItMayEachOnce() throws IOException {
    Path target = folder.resolve("again.log");

    long records = FileReplay.write(mended(3), target, 3);

    assertThat(records).isEqualTo(3);
    assertThat(target).hasContent("line 0\nline 1\nline 2");
  }

  @Test
  void refusesMoreLettersAndLeavesNothing() throws IOException {
    Path mended = mended(4);

    assertThatThrownBy(() -> FileReplay.write(mended, folder.resolve("again.log"), 3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mended.jsonl: more than 3 letters")
        .hasMessageContaining("split it");
    assertThat(folder.toFile().list()).containsExactly("mended.jsonl");
  }
}
