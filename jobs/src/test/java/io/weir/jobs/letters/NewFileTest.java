package io.weir.jobs.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

      assertThatThrownBy(second::finish)
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessage(file + ": is there already");
    }

    assertThat(file).hasContent("whole");
    assertThat(folder.toFile().list()).containsExactly("mended.jsonl");
  }

  @Test
  void neverTakesThePlaceOfAFileThatCameMeanwhile() throws Exception {
    int writers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 0; round < 100; round++) {
        Path file = folder.resolve("mended-" + round + ".jsonl");
        CyclicBarrier whole = new CyclicBarrier(writers);
        List<Callable<Boolean>> race =
            IntStream.range(0, writers)
                .<Callable<Boolean>>mapToObj(i -> () -> gotTheName(file, "by " + i, whole))
                .toList();

        long winners = 0;
        for (Future<Boolean> each : threads.invokeAll(race)) {
          winners += each.get() ? 1 : 0;
        }

        assertThat(winners).as("round %d", round).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean gotTheName(Path file, String content, CyclicBarrier whole)
      throws Exception {
    try (NewFile target = NewFile.ofAll(file)) {
      target.stream().write(content.getBytes(UTF_8));
      whole.await(1, TimeUnit.MINUTES);
      target.finish();
      assertThat(file).hasContent(content);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
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
