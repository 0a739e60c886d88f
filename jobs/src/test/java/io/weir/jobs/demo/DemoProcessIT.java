package io.weir.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.jobs.demo.rules.DemoRules;
import io.weir.jobs.local.BuiltStore;
import io.weir.jobs.local.Interrupts;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ends the demo, as a process of its own, before its time. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
class DemoProcessIT {

  private static final int INTERRUPTED = 130;

  @TempDir private Path folder;

  @Test
  void leavesNothingBehindWhenItIsInterrupted() throws Exception {
    Interrupts.assumePossible();
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path said = folder.resolve("said");
    Process demo = start(temporary, said);
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> Files.readString(said), text -> text.contains("./weir config set"));
      ProcessHandle postgres = postgres(temporary);
      assertThat(runs(postgres)).isTrue();
      List<ProcessHandle> store = demo.descendants().filter(DemoProcessIT::isOfTheStore).toList();
      assertThat(store).as("the nodes and what holds them").hasSize(4);
      assertThat(rules(storeFile(Files.readString(said)))).isEqualTo(DemoRules.first());

      interrupt(demo);

      assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(INTERRUPTED);
      await().atMost(Duration.ofMinutes(2)).until(() -> !runs(postgres));
      assertThat(store).noneMatch(DemoProcessIT::runs);
      assertThat(temporary).isEmptyDirectory();
      assertThat(Files.readString(said)).contains("Stopping");
    } finally {
      // Never by force: the server would stay.
      demo.destroy();
      demo.waitFor(2, TimeUnit.MINUTES);
    }
  }

  private static boolean isOfTheStore(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("/java");
  }

  private static Path storeFile(String said) {
    Matcher found = Pattern.compile("export WEIR_STORE=(.*)").matcher(said);
    assertThat(found.find()).isTrue();
    return Path.of(found.group(1));
  }

  /** What `weir config get analytics` says in another terminal. */
  private String rules(Path storeFile) throws Exception {
    Path rules = folder.resolve("rules");
    ProcessBuilder config =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Files.readString(BuiltStore.program(folder).classPath()),
            "io.weir.consensus.server.cli.ConsensusCommand",
            "config",
            "get",
            "analytics");
    config.environment().put("WEIR_STORE", storeFile.toString());
    Process process = config.redirectOutput(rules.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(rules);
  }

  /** The server, whose process id is the first line of a file among its data. */
  private static ProcessHandle postgres(Path temporary) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        temporary,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.endsWith("postmaster.pid")) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          // The demo has removed it meanwhile.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(found).hasSize(1);
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(found.get(0)).get(0))).orElseThrow();
  }

  /**
   * A server that has ended stays in the table of processes, without a command, until the first
   * process of the machine collects it: in a container perhaps never.
   */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private Process start(Path temporary, Path said) throws IOException {
    Path project = Path.of("..").toRealPath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + project.resolve("flink-conf").resolve("jdk-opens.args"));
    command.add("-Xmx1g");
    command.add("-Djava.io.tmpdir=" + temporary);
    // The unpacked binaries stay, on purpose; these are the ones that are there already.
    command.add("-Dot.epg.working-dir=" + sharedBinaries());
    command.add("-Dweir.home=" + project);
    command.add("-Dweir.store.classpath=" + BuiltStore.program(folder).classPath());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.weir.jobs.cli.WeirCommand", "demo", "--for", "10min"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(said.toFile())
        .start();
  }

  private static File sharedBinaries() {
    return new File(System.getProperty("java.io.tmpdir"), "embedded-pg");
  }

  /** What Ctrl-C does. */
  private static void interrupt(Process process) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
