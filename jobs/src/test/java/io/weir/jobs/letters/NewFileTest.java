package io.weir.jobs.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

  @TempDir private Path folder;

  @Test
  void givesTheNameToTheFirstOfTwoThatIsWhole() throws IOException {
    Path file = folder.resolve("mended.jsonl");
    try (NewFile first = NewFile.ofAll(file);
        NewFile second = NewFile.ofAll(file)) {
      first.stream().write("whole".getBytes(UTF_8));
      second.stream().write("ha".getBytes(UTF_8));

      first.finish();

      assertThatThrownBy(second::finish).isInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(file).hasContent("whole");
    assertThat(folder.toFile().list()).containsExactly("mended.jsonl");
  }

  @Test
  void isHiddenUntilItIsWholeAndThenItsOwnersAlone() throws IOException {
    Path file = folder.resolve("mended.jsonl");
    try (NewFile target = NewFile.ofOwner(file)) {
      assertThat(folder.toFile().list()).hasSize(1).allMatch(name -> name.startsWith("."));
      target.finish();
    }

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
