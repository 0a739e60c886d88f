package io.weir.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.jobs.Jobs;
import io.weir.jobs.doctor.Finding.Level;
import io.weir.jobs.launch.Launcher;
import io.weir.jobs.launch.SettingsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Each check of a job, made to fail once; nobody listens at port 1. */
class JobDoctorTest {

  @TempDir private Path folder;

  private List<Finding> examine(Versions versions, String... overrides) throws IOException {
    return examine(doctor(versions), overrides);
  }

  private static JobDoctor doctor(Versions versions) {
    return new JobDoctor(new Launcher(Jobs.all(), name -> null), versions, name -> null);
  }

  private List<Finding> examine(JobDoctor doctor, String... overrides) throws IOException {
    Path input = folder.resolve("in.log");
    if (!Files.exists(input)) {
      Files.writeString(input, "");
    }
    List<String> all =
        new ArrayList<>(
            List.of(
                "source.file={path: '%s', format: apache-combined}".formatted(input),
                "group-by=[status]",
                "window={tumbling: 1min}",
                "aggregates={requests: count}",
                "sink={file: {path: '%s'}}".formatted(folder.resolve("out")),
                "dead-letters={file: {path: '%s'}}".formatted(folder.resolve("dead"))));
    all.addAll(List.of(overrides));
    return doctor.examine("analytics", SettingsOptions.of(all));
  }

  private void assertFinds(Level level, String what, String says, String... overrides)
      throws IOException {
    assertFinds(doctor(new Versions(17, "2.2.1")), level, what, says, overrides);
  }

  private void assertFinds(
      JobDoctor doctor, Level level, String what, String says, String... overrides)
      throws IOException {
    assertThat(examine(doctor, overrides))
        .filteredOn(each -> each.level() != Level.OK)
        .anySatisfy(
            each -> {
              assertThat(each.level()).isEqualTo(level);
              assertThat(each.what()).isEqualTo(what);
              assertThat(each.says()).contains(says);
              assertThat(each.advice()).isNotBlank();
            });
  }

  @Test
  void findsNothingWhereAllIsWell() throws IOException {
    assertThat(examine(Versions.here())).hasSize(6).allMatch(each -> each.level() == Level.OK);
  }

  @Test
  void findsVersionsThatWereNotTested() throws IOException {
    assertThat(examine(new Versions(11, "1.20.0")))
        .extracting(Finding::level)
        .contains(Level.FAIL, Level.WARN);
  }

  @Test
  void findsEveryMistakeOfTheSettings() throws IOException {
    assertFinds(Level.FAIL, "settings", "windo", "windo=1");
    assertFinds(Level.FAIL, "settings", "group-by", "group-by=[colour]");
  }

  @Test
  void findsAMissingInputAndAFolderThatIsAFile() throws IOException {
    assertFinds(Level.FAIL, "source.file", "no readable", "source.file.path=/no/such/log");
    assertFinds(
        Level.FAIL,
        "source.file",
        "no readable /no/such/log",
        "source.file.path=['%s', /no/such/log]".formatted(folder.resolve("in.log")));
    assertFinds(
        Level.FAIL,
        "sink.file",
        "is no folder",
        "sink={file: {path: '%s'}}".formatted(folder.resolve("in.log/out")));
  }

  @Test
  void doesNotPretendToLookAtOtherFileSystems() throws IOException {
    assertFinds(
        Level.WARN, "source.file", "s3://logs is not looked at", "source.file.path=s3://logs");
  }

  @Test
  void doesNotRepeatThePasswordOfAnAddressThatIsWrong() throws IOException {
    String address = "jdbc:postgresql://127.0.0.1:99999/weir?user=weir&password=s3cret";

    assertThat(examine(Versions.here(), "sink={postgres: {url: '%s'}}".formatted(address)))
        .anySatisfy(
            each -> {
              assertThat(each.what()).isEqualTo("sink.postgres");
              assertThat(each.says()).contains("99999").doesNotContain("s3cret");
            });
  }

  @Test
  void findsBrokersAndADatabaseThatDoNotAnswer() throws IOException {
    JobDoctor impatient =
        new JobDoctor(
            new Launcher(Jobs.all(), name -> null),
            new Versions(17, "2.2.1"),
            name -> null,
            Duration.ofSeconds(1));

    assertFinds(
        impatient,
        Level.FAIL,
        "dead-letters.kafka",
        "127.0.0.1:1 does not answer",
        "dead-letters={kafka: {servers: '127.0.0.1:1', topic: dead}}");
    assertFinds(
        impatient,
        Level.FAIL,
        "sink.postgres",
        "cannot be used",
        "sink={postgres: {url: 'jdbc:postgresql://127.0.0.1:1/weir', user: weir}}");
  }

  @Test
  void findsThatDeadLettersAreDropped() throws IOException {
    assertThat(Files.writeString(folder.resolve("job.yaml"), "a: 1")).exists();
    Path file =
        Files.writeString(
            folder.resolve("job.yaml"),
            """
            source: {file: {path: "%s", format: apache-combined}}
            group-by: [status]
            window: {tumbling: 1min}
            aggregates: {requests: count}
            sink: {print: {}}
            """
                .formatted(Files.writeString(folder.resolve("in.log"), "")));
    SettingsOptions options =
        CommandLine.populateCommand(new SettingsOptions(), "--settings", file.toString());

    assertThat(doctor(Versions.here()).examine("analytics", options))
        .anySatisfy(
            each -> {
              assertThat(each.level()).isEqualTo(Level.WARN);
              assertThat(each.what()).isEqualTo("dead-letters");
            });
  }
}
