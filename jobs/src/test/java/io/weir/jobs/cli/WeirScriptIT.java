package io.weir.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script {@code weir} as a process, in a copy of the project. Where only the script's own
 * decisions matter, a stand-in for Maven counts how often it is called and puts in place what the
 * real one built before these tests.
 */
@Timeout(300)
class WeirScriptIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> PARTS =
      List.of(
          "weir",
          "pom.xml",
          "LICENSE",
          "NOTICE",
          ".mvn",
          "flink-conf",
          "consensus",
          "operators",
          "jobs");

  @TempDir private Path temp;

  private final List<Process> started = new ArrayList<>();
  private Path project = Path.of("");
  private Path calls = Path.of("");
  private Shell shell = new Shell(Path.of(""));

  @BeforeEach
  void copyProject() throws IOException {
    project = temp.resolve("my project");
    calls = temp.resolve("calls");
    for (String part : PARTS) {
      copy(ROOT.resolve(part), project.resolve(part));
    }
    shell = new Shell(temp);
    shell.set("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
    fakeMaven("exit 0");
  }

  @AfterEach
  void endProcesses() {
    started.forEach(Process::destroyForcibly);
  }

  /** Sources and poms; nothing that was built. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.filter(path -> !path.toString().contains("/target")).toList()) {
        Path copy = to.resolve(from.relativize(each).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(each, copy);
      }
    }
  }

  private void fakeMaven(String end) throws IOException {
    command(
        "mvn",
        """
        [ "$1" = -v ] && echo "Apache Maven 3.8.7" && exit
        echo "$*" >>'%s'
        echo '[INFO] Building Weir jobs 0.1.0   [6/6]'
        for module in jobs consensus/server; do
          mkdir -p $module/target
          cp -R '%s/'$module/target/classes $module/target
          cp '%s/'$module/target/*.classpath $module/target
        done
        %s
        """
            .formatted(calls, ROOT, ROOT, end));
  }

  private void command(String name, String script) throws IOException {
    Path file = Files.createDirectories(temp.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Shell.Ended weir(String... arguments) throws Exception {
    return shell.run(project.resolve("weir").toString(), arguments);
  }

  private long builds() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  private static void makeNewer(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusMillis(20)));
  }

  @Test
  @EnabledIfSystemProperty(named = "weir.soak", matches = "true", disabledReason = "a whole build")
  void theRealMavenBuildsWhatRuns() throws Exception {
    Files.delete(temp.resolve("bin/mvn"));

    Shell.Ended ended = weir("help");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).startsWith("Usage: weir");
    assertThat(ended.code()).isZero();
    assertThat(project.resolve("jobs/target/weir-jobs.jar")).isRegularFile();
  }

  @Test
  void buildsOnceAndIsSilentWhereNobodyWatches() throws Exception {
    Shell.Ended first = weir("help");
    Shell.Ended second = weir("help");

    assertThat(Files.readAllLines(calls))
        .containsExactly("-B -DskipTests -pl jobs,consensus/server -am package");
    assertThat(first.err() + second.err()).isEmpty();
    assertThat(second.out()).startsWith("Usage: weir").isEqualTo(first.out());
    assertThat(second.code()).isZero();
  }

  @Test
  void handsOverArgumentsAndExitCode() throws Exception {
    Shell.Ended ended = weir("run", "no such job");

    assertThat(ended.err()).startsWith("weir: unknown job 'no such job'");
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void runsCommandsOfTheStoreFromABuildWithoutFlink() throws Exception {
    Path list = ROOT.resolve("consensus/server/target/runtime.classpath");
    assumeThat(list).as("built together with this module").exists();
    Path history = Files.writeString(temp.resolve("history"), "nothing");

    Shell.Ended unreadable = weir("check-history", history.toString());
    Shell.Ended helped = weir("help", "check-history");

    assertThat(unreadable.err()).startsWith("weir: " + history + ", line 1: found 'nothing'");
    assertThat(unreadable.code()).isEqualTo(2);
    assertThat(helped.out()).startsWith("Usage: weir check-history");
    assertThat(Files.readAllLines(calls))
        .containsExactly("-B -DskipTests -pl consensus/server -am package");
    assertThat(Files.readString(list)).contains("picocli").doesNotContain("flink");
    assertThat(weir("help").out()).contains("check-history");
  }

  @Test
  void buildsAgainWhenASourceChangesComesOrGoes() throws Exception {
    Path sources = project.resolve("operators/src/main/java/io/weir/operators/row");
    weir("help");

    Files.writeString(sources.resolve("Fresh.java"), "");
    weir("help");
    assertThat(builds()).isEqualTo(2);

    Files.delete(sources.resolve("Fresh.java"));
    weir("help");
    assertThat(builds()).isEqualTo(3);

    makeNewer(project.resolve("consensus/api/pom.xml"));
    weir("help");
    assertThat(builds()).isEqualTo(4);
  }

  @Test
  void doesNotBuildAgainForTestsAndDocuments() throws Exception {
    weir("help");

    makeNewer(project.resolve("jobs/src/test/java/io/weir/jobs/cli/WeirScriptIT.java"));
    makeNewer(project.resolve("flink-conf/local/config.yaml"));
    weir("help");

    assertThat(builds()).isOne();
  }

  @Test
  void buildsAgainWhenWhatItBuiltIsGone() throws Exception {
    weir("help");

    try (Stream<Path> all = Files.list(project.resolve("target/weir/jobs"))) {
      Path build = all.filter(Files::isDirectory).findFirst().orElseThrow();
      shell.run("rm", "-r", build.resolve("jobs-classes").toString());
    }
    assertThat(weir("help").code()).isZero();
    assertThat(builds()).isEqualTo(2);

    shell.run("rm", "-r", project.resolve("target").toString());
    assertThat(weir("help").code()).isZero();
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void showsWhatMavenSaidWhenTheBuildFailsAndTriesAgainNextTime() throws Exception {
    fakeMaven("echo '[ERROR] a semicolon is missing'; exit 1");
    Shell.Ended failed = weir("help");
    fakeMaven("exit 0");
    Shell.Ended mended = weir("help");

    assertThat(failed.err())
        .contains("[ERROR] a semicolon is missing")
        .endsWith("weir: the build failed, see above\n");
    assertThat(failed.out()).isEmpty();
    assertThat(failed.code()).isOne();
    assertThat(mended.code()).isZero();
  }

  @Test
  void startsAtTheSameTimeShareOneBuild() throws Exception {
    assumeThat(shell.run("sh", "-c", "command -v flock").code()).isZero();
    fakeMaven("sleep 1");

    for (int i = 0; i < 3; i++) {
      started.add(shell.start(project.resolve("weir").toString(), "help"));
    }
    for (Process each : started) {
      assertThat(each.waitFor()).isZero();
    }

    assertThat(builds()).isOne();
  }

  @Test
  void aRunningProcessKeepsItsBuildUntilItEnds() throws Exception {
    assumeThat(shell.run("sh", "-c", "command -v flock").code()).isZero();
    weir("help");
    Path first = onlyBuild();
    // Java waits for a debugger that never comes.
    shell.set(
        "WEIR_JAVA_OPTS",
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0");
    Process running = shell.start(project.resolve("weir").toString(), "help");
    started.add(running);
    running.inputReader().readLine();
    shell.set("WEIR_JAVA_OPTS", "");

    makeNewer(project.resolve("pom.xml"));
    weir("help");
    assertThat(first).isDirectory();

    running.destroyForcibly().waitFor();
    makeNewer(project.resolve("pom.xml"));
    weir("help");
    assertThat(first).doesNotExist();
    assertThat(onlyBuild()).isDirectory();
  }

  private Path onlyBuild() throws IOException {
    try (Stream<Path> all = Files.list(project.resolve("target/weir/jobs"))) {
      List<Path> builds = all.filter(Files::isDirectory).toList();
      assertThat(builds).hasSize(1);
      return builds.get(0);
    }
  }

  @Test
  void worksThroughLinksFromWhereTheUserStands() throws Exception {
    Path stand = Files.createDirectories(temp.resolve("stand"));
    Files.createSymbolicLink(temp.resolve("bin/link"), project.resolve("weir"));
    Files.createSymbolicLink(stand.resolve("w"), Path.of("../bin/link"));
    Path own = Files.createDirectories(stand.resolve("own"));
    Files.writeString(own.resolve("config.yaml"), "parallelism.default: 1\n");
    Shell there = shell.at(stand);

    Shell.Ended found = there.run("./w", "run", "none", "--conf", "own");
    Shell.Ended missing = there.run("./w", "run", "none", "--conf", "flink-conf/local");

    assertThat(found.err()).startsWith("weir: unknown job 'none'");
    assertThat(missing.err()).contains("--conf flink-conf/local: there is no config.yaml in it");
    assertThat(stand).isDirectoryNotContaining("glob:**/target");
  }

  @Test
  void showsAOneLineProgressOfTheBuildOnATerminal() throws Exception {
    assumeThat(shell.run("sh", "-c", "command -v script").code()).isZero();
    fakeMaven("sleep 3");

    String command = "'" + project.resolve("weir") + "' help";
    Shell.Ended ended = shell.run("script", "-qec", command, "/dev/null");

    assertThat(ended.out()).contains("\r\u001b[Kweir: building Weir jobs [6/6], 2 s");
    assertThat(ended.out()).contains("\r\u001b[KUsage: ");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Path bare = Files.createDirectories(temp.resolve("bare"));
    for (String tool : List.of("bash", "dirname", "sed", "head", "readlink", "mkdir", "grep")) {
      Path found = Path.of(shell.run("sh", "-c", "command -v " + tool).out().strip());
      Files.createSymbolicLink(bare.resolve(tool), found.toRealPath());
    }
    shell.unset("JAVA_HOME");
    String path = System.getenv("PATH");

    shell.set("PATH", bare.toString());
    assertThat(weir("help").err())
        .isEqualTo("weir: there is no java; install a JDK 17 or later, or set JAVA_HOME\n");

    shell.set("JAVA_HOME", "/nowhere");
    assertThat(weir("help").err())
        .isEqualTo("weir: JAVA_HOME is /nowhere, but there is no bin/java in it\n");

    shell.unset("JAVA_HOME");
    shell.set("PATH", temp.resolve("bin") + ":" + path);
    command("java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    assertThat(weir("help").err())
        .startsWith("weir: a JDK 17 or later is needed, but ")
        .contains("\"11.0.2\"");

    Files.delete(temp.resolve("bin/java"));
    command("mvn", "echo 'Apache Maven 3.8.6 (Red Hat)'");
    Shell.Ended old = weir("help");
    assertThat(old.err()).isEqualTo("weir: Maven 3.8.7 or later is needed, but mvn is 3.8.6\n");
    assertThat(old.code()).isOne();
  }
}
