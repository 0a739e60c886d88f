package io.weir.operators.epoch.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.stamp.StampLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampFolderTest {

  @TempDir private Path folder;

  private static String line(String record) {
    return StampLine.encode(new Stamp(record, "where", 0, 1, 1, "a1", 0, 0)) + "\n";
  }

  private List<String> read() throws NoVerdictException {
    List<String> places = new ArrayList<>();
    StampFolder.open(folder)
        .read(s -> places.add(s.file() + ":" + s.line() + " " + s.stamp().record()));
    return places;
  }

  @Test
  void readsWhatIsFinishedAndPassesOverWhatIsNot() throws Exception {
    Files.writeString(folder.resolve("stamps-b.jsonl"), line("x"));
    Files.writeString(folder.resolve("stamps-a.jsonl"), line("y") + line("z"));
    Files.writeString(folder.resolve(".stamps-c.jsonl.inprogress"), "half a li");
    Files.createDirectory(folder.resolve("more"));

    assertThat(read())
        .containsExactly("stamps-a.jsonl:1 y", "stamps-a.jsonl:2 z", "stamps-b.jsonl:1 x");
  }

  @Test
  void saysWhereALineCannotBeRead() throws IOException {
    Path file = Files.writeString(folder.resolve("stamps-a.jsonl"), line("x") + "status,count\n");

    assertThatThrownBy(this::read)
        .isInstanceOf(NoVerdictException.class)
        .hasMessageStartingWith(
            file + ", line 2: found 'status,count' at character 1; allowed: {\"record\":TEXT,");
  }

  @Test
  void saysWhichFileIsNoText() throws IOException {
    Path file = Files.write(folder.resolve("stamps-a.jsonl"), new byte[] {(byte) 0xC3, 0x28});

    assertThatThrownBy(this::read)
        .isInstanceOf(NoVerdictException.class)
        .hasMessageStartingWith(file + ": cannot be read: ");
  }

  @Test
  void saysThatAFolderIsMissingOrEmpty() {
    assertThatThrownBy(() -> StampFolder.open(folder.resolve("nowhere")))
        .hasMessageEndingWith("nowhere: there is no such folder");
    assertThatThrownBy(() -> StampFolder.open(folder))
        .hasMessage(
            folder + ": there are no stamps; their files appear when a checkpoint completes");
  }
}
