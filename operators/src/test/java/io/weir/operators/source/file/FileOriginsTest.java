package io.weir.operators.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.source.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOriginsTest {

  @TempDir Path folder;

  @Test
  void findsFilesAtAnyDepthOnceAndInOrderButNoHiddenOnes() throws IOException {
    write("b.log", 1);
    write("a/deep/c d#.log.gz", 2);
    write(".hidden", 1);
    write("_SUCCESS", 1);
    write("_temporary/x.log", 1);
    write("empty.log", 0);

    List<Origin> found = list(folder.toString(), "file://" + folder.resolve("b.log"));

    assertThat(found)
        .containsExactly(
            new Origin(folder.resolve("a/deep/c d#.log.gz").toString(), 2),
            new Origin(folder.resolve("b.log").toString(), 1),
            new Origin(folder.resolve("empty.log").toString(), 0));
  }

  @Test
  void takesAHiddenFileThatIsNamedItself() throws IOException {
    write(".hidden", 3);

    assertThat(list(folder.resolve(".hidden").toString())).hasSize(1);
  }

  @Test
  void namesWhatIsMissing() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> list(missing.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no file or folder " + missing);
  }

  private static List<Origin> list(String... paths) throws IOException {
    return new FileOrigins(List.of(paths), Framing.lines(), 100).list();
  }

  private void write(String name, int bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
