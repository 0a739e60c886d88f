package io.weir.consensus.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.consensus.http.HttpStore;
import io.weir.consensus.server.node.ClientFile;
import io.weir.consensus.server.node.ClusterFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code weir server} as processes, with {@code weir config} beside it. */
@Timeout(900)
@DisabledOnOs(OS.WINDOWS)
class ServerCommandIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path temp;

  private final List<Process> started = new ArrayList<>();
  private int outputs;

  @AfterEach
  void endProcesses() {
    started.forEach(
        process -> {
          List<ProcessHandle> children = process.descendants().toList();
          process.destroyForcibly();
          children.forEach(ProcessHandle::destroyForcibly);
        });
  }

  private record Running(Process process, Path output) {
    String said() throws IOException {
      return Files.readString(output);
    }

    int awaitExit() throws InterruptedException {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    }
  }

  private Running weir(String... arguments) throws IOException {
    return run(command(arguments), temp.resolve("output-" + outputs++));
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ConsensusCommand.class.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  private Running run(List<String> command, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // As cron has it: no words but those of ASCII.
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("WEIR_STORE", temp.resolve("store/store.yaml").toString());
    Process process = builder.start();
    started.add(process);
    return new Running(process, output);
  }

  private Running cluster() throws IOException {
    Running cluster =
        weir(
            "server",
            "--cluster",
            "3",
            "--data",
            temp.resolve("store").toString(),
            "--until-input-ends");
    await().atMost(PATIENCE).until(cluster::said, said -> said.contains("export WEIR_STORE="));
    awaitLeader();
    return cluster;
  }

  /** The command line waits for ten seconds only. */
  private void awaitLeader() {
    Path file = temp.resolve("store/store.yaml");
    try (HttpStore store =
        new HttpStore(new ClientFile(file, Map.of()).read().withCallLimit(PATIENCE))) {
      assertThat(store.jobs().join()).isNotNull();
    }
  }

  private Running config(int code, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("config"));
    all.addAll(List.of(arguments));
    Running config = weir(all.toArray(String[]::new));
    int ended = config.awaitExit();
    assertThat(ended).as(this::saidByAll).isEqualTo(code);
    return config;
  }

  /** When something failed, the nodes know more of it than whoever asked them. */
  private String saidByAll() {
    try (Stream<Path> files = Files.walk(temp)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(ServerCommandIT::isOutput).sorted().toList()) {
        all.append('\n').append(file).append(":\n").append(Files.readString(file));
      }
      return all.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOutput(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith("output-") || name.matches("n\\d\\.log");
  }

  @Test
  void runsAClusterThatKeepsWhatItWasTold() throws Exception {
    Path rules = Files.writeString(temp.resolve("rules.yaml"), "limit: 5\n");
    Running cluster = cluster();

    config(0, "set", "web", rules.toString(), "--expect", "0");
    config(3, "set", "web", rules.toString(), "--expect", "0");
    awaitStatusOfAll();
    List<ProcessHandle> nodes = cluster.process().descendants().toList();
    assertThat(nodes).hasSize(3);

    Running second = weir("server", "--cluster", "3", "--data", temp.resolve("store").toString());
    assertThat(second.awaitExit()).isOne();
    assertThat(second.said())
        .containsPattern("n\\d has ended before it was ready, with exit code 1; .*n\\d.log")
        .contains("in use")
        .doesNotContain("WEIR_STORE");
    assertThat(nodes).as("the first cluster's").allMatch(ProcessHandle::isAlive);

    cluster.process().getOutputStream().close();
    assertThat(cluster.awaitExit()).as(cluster.said()).isZero();
    assertThat(nodes).noneMatch(ServerCommandIT::runs);

    Running again = cluster();
    assertThat(config(0, "get", "web").said()).isEqualTo("limit: 5\n");
    List<ProcessHandle> others = again.process().descendants().toList();
    again.process().destroy();
    assertThat(again.awaitExit()).isEqualTo(143);
    assertThat(others).noneMatch(ServerCommandIT::runs);

    refusesDataThatIsNotItsOwn();
  }

  @Test
  void endsWith1AndNamesTheNodeThatCannotStart() throws Exception {
    ClusterFolder files = new ClusterFolder(temp.resolve("store"), 1);
    files.prepare();
    Files.writeString(files.certificates().frontCertificate("n1"), "no certificate");

    Running cluster =
        weir("server", "--cluster", "1", "--data", files.folder().toString(), "--until-input-ends");

    assertThat(cluster.awaitExit()).isOne();
    assertThat(cluster.said())
        .contains("n1 has ended before it was ready, with exit code 1", "n1.log", "front.pem")
        .doesNotContain("WEIR_STORE");
  }

  /** A node that was never asked may take longer for its first answer than a status waits. */
  private void awaitStatusOfAll() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(config(0, "status").said())
                    .contains("n1", "n2", "n3", "leader", "follower"));
  }

  private void refusesDataThatIsNotItsOwn() throws Exception {
    Path settings = temp.resolve("store/n1.yaml");
    String own = Files.readString(settings);

    Files.writeString(settings, own.replace("cluster: local", "cluster: other"));
    assertRefused(weir("server", "--config", settings.toString()), "cluster: local");

    Files.writeString(settings, own.replace("data: n1", "data: n2"));
    assertRefused(weir("server", "--config", settings.toString()), "node: n2");
  }

  private static void assertRefused(Running node, String found) throws Exception {
    assertThat(node.awaitExit()).isOne();
    assertThat(node.said()).contains("belongs to another node, cluster").contains(found);
  }

  /** One that has ended stays in the table of processes until somebody collects it. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  @Test
  void makesCertificatesAndTokensOnce() throws Exception {
    Path folder = temp.resolve("certificates");
    String[] command = {"server", "--init-certificates", folder.toString(), "--node", "n1"};

    Running first = weir(command);
    assertThat(first.awaitExit()).as(first.said()).isZero();
    String token = Files.readString(folder.resolve("tokens/admin.token"));
    Running second = weir(command);

    assertThat(second.awaitExit()).isOne();
    assertThat(second.said()).contains(folder.toString());
    assertThat(Files.readString(folder.resolve("tokens/admin.token"))).isEqualTo(token);
    assertThat(folder.resolve("nodes/n1/front.pem")).isRegularFile();
    assertThat(folder.resolve("nodes/n1/raft.p12")).isRegularFile();
  }

  @Test
  void endsWith2WhenTheCommandIsNotUnderstoodAnd1AtSettingsThatCannotBe() throws Exception {
    Path settings = Files.writeString(temp.resolve("n1.yaml"), "cluster: a\nnode: n1\ngröße: 1\n");

    Running nothing = weir("server");
    Running wrong = weir("server", "--config", settings.toString());

    assertThat(nothing.awaitExit()).isEqualTo(2);
    assertThat(nothing.said()).contains("--config", "--cluster", "--init-certificates");
    assertThat(wrong.awaitExit()).isOne();
    assertThat(wrong.said()).contains("größe").contains("members");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void endsWith1WhereItsOutputIsLost() throws Exception {
    Running help = run(command("server", "--help"), Path.of("/dev/full"));

    assertThat(help.awaitExit()).isOne();
  }
}
