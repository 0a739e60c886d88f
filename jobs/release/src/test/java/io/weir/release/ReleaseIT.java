package io.weir.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked in a folder of its own. */
@Timeout(240)
class ReleaseIT {

  @TempDir private static Path folder;

  private static Path home;

  /** What a command said, and its exit code. */
  private record Said(int code, String text) {}

  @BeforeAll
  static void unpack() throws Exception {
    Path archive;
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      archive = built.filter(file -> file.toString().endsWith(".tgz")).findFirst().orElseThrow();
    }
    String name = String.valueOf(archive.getFileName()).replaceFirst("\\.tgz$", "");
    assertThat(run(Path.of("tar"), "-xzf", archive.toAbsolutePath().toString()).code()).isZero();
    home = folder.resolve(name);
  }

  private static Said weir(String... arguments) throws Exception {
    return run(home.resolve("weir"), arguments);
  }

  // Away from the sources; what it would build lies in a folder target.
  private static Said run(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends: %s", command).isTrue();
      return new Said(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysWhatItCanDo() throws Exception {
    Said jobs = weir("help");
    Said server = weir("server", "--help");

    assertThat(jobs.text()).contains("run", "demo", "upgrade");
    assertThat(jobs.code()).isZero();
    assertThat(server.text()).contains("--cluster");
    assertThat(server.code()).isZero();
  }

  @Test
  void runsAJob() throws Exception {
    Said said =
        weir(
            "run",
            "generator",
            "--set",
            "generator.events=1000",
            "--set",
            "sink.file.path=" + folder.resolve("events"));

    assertThat(said.code()).as(said.text()).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("events"))) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      assertThat(lines).hasSize(1000);
    }
  }

  @Test
  void saysThatBenchmarksAreNotInIt() throws Exception {
    Said said = weir("bench", "analytics");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.text()).contains("bench analytics is not part of a release");
  }

  @Test
  void holdsWhatBelongsToIt() throws IOException {
    assertThat(home)
        .isDirectoryContaining("glob:**/README.md")
        .isDirectoryContaining("glob:**/LICENSE")
        .isDirectoryContaining("glob:**/NOTICE");
    assertThat(home.resolve("docs/operations.md")).isNotEmptyFile();
    assertThat(home.resolve("flink-conf/ha/config.yaml")).isNotEmptyFile();
    assertThat(home.resolve("lib/jobs/weir-jobs.jar")).isNotEmptyFile();
    assertThat(Objects.requireNonNull(home.toFile().list()))
        .doesNotContain("pom.xml", "jobs", "target");
  }

  /** One time for all, so that the same sources give the same bytes. */
  @Test
  void bearsOneTime() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files.filter(Files::isRegularFile).map(ReleaseIT::modified).distinct()).hasSize(1);
    }
  }

  private static Object modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
