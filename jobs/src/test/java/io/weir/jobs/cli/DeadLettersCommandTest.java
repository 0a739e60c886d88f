package io.weir.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DeadLettersCommandTest {

  private static final String BROKEN =
      "{\"reason\":\"broken\",\"detail\":\"line 1\\nis none\",\"origin\":\"in.log\",\"position\":7,"
          + "\"text\":\"{\\\"a\\\":\",\"base64\":null}";
  private static final String LATE =
      "{\"reason\":\"late\",\"detail\":\"by 70 s\",\"origin\":\"in.log\",\"position\":9,"
          + "\"text\":null,\"base64\":\"/w==\"}";

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void fill() throws IOException {
    Path dead = Files.createDirectory(folder.resolve("dead"));
    Files.writeString(dead.resolve("dead_letters-1-0.jsonl"), BROKEN + "\n" + LATE + "\n");
    Files.writeString(dead.resolve("dead_letters-2-0.jsonl"), BROKEN.replace(":7", ":8") + "\n");
    Files.writeString(dead.resolve(".dead_letters-3-0.jsonl.inprogress"), "not committed");
    Files.writeString(
        folder.resolve("job.yaml"),
        "source: {file: {path: in.log, format: json}}\n"
            + "window: {tumbling: 1min}\n"
            + "dead-letters: {file: {path: \"%s\"}}\n".formatted(dead));
  }

  private Ended letters(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--settings", folder.resolve("job.yaml").toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        new DeadLettersCommand(name -> null, InstantSource.system())
            .commandLine()
            .setParameterExceptionHandler(Mistakes::handleUsage)
            .setExecutionExceptionHandler(Mistakes::handleFailure)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int code = command.execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  @Test
  void countsWhatIsCommittedByReason() {
    Ended list = letters("list");

    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "reason letters bytes example",
            "broken 2 10 in.log@7/broken: line 1 is none",
            "late 1 1 in.log@9/late: by 70 s");
  }

  @Test
  void showsOneAsItWasRead() {
    Ended show = letters("show", "in.log@7/broken");

    assertThat(show.code()).as(show.err()).isZero();
    assertThat(show.out())
        .contains(
            "line 1 is none", "origin    in.log", "position  7", "bytes     5", "\n{\"a\":\n");
    assertThat(letters("show", "in.log@1/broken").code()).isOne();
    assertThat(letters("show", "in.log@1/broken").err()).contains("no dead letter in.log@1/broken");
  }

  @Test
  void exportsMendsAndWritesThemAsTheLinesOfAFile() throws IOException {
    Path mended = folder.resolve("mended.jsonl");
    Path again = folder.resolve("again.log");

    Ended export = letters("export", mended.toString(), "--reason", "broken");
    Files.writeString(mended, Files.readString(mended).replace("{\\\"a\\\":", "{\\\"a\\\":1}"));
    Ended replay = letters("replay", mended.toString(), "--to-file", again.toString());

    assertThat(export.code()).as(export.err()).isZero();
    assertThat(export.out()).contains("2 letters");
    assertThat(replay.code()).as(replay.err()).isZero();
    assertThat(again).hasContent("{\"a\":1}\n{\"a\":1}\n");
    Ended second = letters("replay", mended.toString(), "--to-file", again.toString());
    assertThat(second.code()).isOne();
    assertThat(second.err()).contains("is there already");
    assertThat(letters("export", mended.toString()).err()).contains("is there already");
    assertThat(letters("export", folder.resolve("all").toString()).out()).contains("3 letters");
  }

  @Test
  void writesALetterThatStandsTwiceInTheFileOnce() throws IOException {
    Path mended = Files.writeString(folder.resolve("m"), BROKEN + "\n" + BROKEN + "\n");

    letters("replay", mended.toString(), "--to-file", folder.resolve("again.log").toString());

    assertThat(folder.resolve("again.log")).hasContent("{\"a\":\n");
  }

  @Test
  void putsALetterInPartsTogetherInWhateverOrderTheyCome() throws IOException {
    byte[] record = "grüße an alle".getBytes(UTF_8);
    Path file = folder.resolve("dead/dead_letters-9-0.jsonl");
    Files.writeString(file, part(record, 6, 10) + part(record, 11, 15) + part(record, 6, 10));

    Ended incomplete = letters("list");
    Files.writeString(file, part(record, 6, 10) + part(record, 11, 15) + part(record, 1, 5));

    assertThat(incomplete.code()).isOne();
    assertThat(incomplete.err()).contains("a part is missing of 1 letters");
    assertThat(letters("show", "in.log@20/broken").out())
        .contains("grüße an alle", "detail    why\n");
  }

  /** As a sink that is at least once leaves them in the partitions of a topic. */
  @Test
  void leavesOutPartsThatComeAgainBehindTheirLetter() throws IOException {
    byte[] record = "grüße an alle".getBytes(UTF_8);
    Files.writeString(
        folder.resolve("dead/dead_letters-9-0.jsonl"),
        part(record, 1, 5) + part(record, 6, 10) + part(record, 11, 15) + part(record, 6, 10));

    Ended list = letters("list");

    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out()).containsPattern("broken +3 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(bytes 1 to 5 of 999999999999999999999)",
        "(bytes 99999999999999999999 to 5 of 6)",
        "(bytes 1 to 5 of 3000000000)"
      })
  void takesADetailOfSuchWordsForNoPart(String words) throws IOException {
    Files.writeString(
        folder.resolve("dead/dead_letters-9-0.jsonl"),
        BROKEN.replace("line 1\\nis none", "a " + words) + "\n");

    Ended list = letters("list");

    assertThat(list.code()).as(list.err()).isZero();
    assertThat(list.out()).containsPattern("broken +3 ");
  }

  @Test
  void refusesPartsOfMoreThanFitsIntoMemoryBeforeItMakesRoom() throws IOException {
    Files.writeString(
        folder.resolve("dead/dead_letters-9-0.jsonl"),
        BROKEN.replace("line 1\\nis none", "why (bytes 1 to 5 of 999999999)") + "\n");

    Ended list = letters("list");

    assertThat(list.code()).isOne();
    assertThat(list.err()).contains("with in.log@7/broken they have more than 268435456 bytes");
  }

  @Test
  void showsWhatIsNoTextAsBase64() {
    assertThat(letters("show", "in.log@9/late").out()).endsWith("/w==" + System.lineSeparator());
  }

  @Test
  void refusesATopicBesideAFile() {
    Ended replay = letters("replay", "m", "--to-file", "n", "--topic", "t");

    assertThat(replay.code()).isEqualTo(2);
    assertThat(replay.err()).contains("--topic and --to-file exclude each other");
  }

  private static String part(byte[] record, int from, int to) {
    byte[] bytes = Arrays.copyOfRange(record, from - 1, to);
    return ("{\"reason\":\"broken\",\"detail\":\"why (bytes %d to %d of"
            + " %d)\",\"origin\":\"in.log\",\"position\":20,\"text\":null,\"base64\":\"%s\"}%n")
        .formatted(from, to, record.length, Base64.getEncoder().encodeToString(bytes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello | :1: not JSON",
        "{\"reason\":\"a\",\"detail\":\"\",\"origin\":\"o\",\"position\":1,\"text\":\"\"} {} | :1:"
            + " not JSON: Trailing token",
        "{} | :1: no dead letter: it needs reason",
        "{\"reason\":\"a\",\"detail\":\"\",\"origin\":\"o\",\"position\":1,\"base64\":\"?\"} | :1:"
            + " base64",
      })
  void saysWhichLineCannotBeRead(String line, String says) throws IOException {
    Path mended = Files.writeString(folder.resolve("mended.jsonl"), line + "\n");

    Ended replay =
        letters("replay", mended.toString(), "--to-file", folder.resolve("new.log").toString());

    assertThat(replay.code()).isOne();
    assertThat(replay.err()).contains("mended.jsonl" + says);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("dead", "job.yaml", "mended.jsonl");
    }
  }

  @Test
  void refusesARecordThatLinesCannotKeepApart() throws IOException {
    Path mended =
        Files.writeString(folder.resolve("m"), BROKEN.replace("\"text\":\"", "\"text\":\"a\\nb"));

    Ended replay =
        letters("replay", mended.toString(), "--to-file", folder.resolve("n").toString());

    assertThat(replay.err()).contains("in.log@7/broken: the record holds a line break");
    assertThat(folder.resolve("n")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dead-letters={postgres: {url: 'jdbc:postgresql:a', table: t}} | only those in kafka and"
            + " file",
        "dead-letters={file: {path: out, format: csv}} | only those of format json",
        "dead-letters={file: {path: 's3://bucket/out'}} | only folders of this machine",
        "dead-letters={} | must hold exactly one of",
      })
  void saysWhichSettingsItCannotUse(String setting, String says) {
    Ended list = letters("list", "--set", setting);

    assertThat(list.code()).isEqualTo(2);
    assertThat(list.err()).contains(says);
  }

  @Test
  void asksForATargetWhereTheJobReadsFiles() throws IOException {
    Path mended = Files.writeString(folder.resolve("m"), BROKEN);

    Ended replay = letters("replay", mended.toString());

    assertThat(replay.code()).isOne();
    assertThat(replay.err()).contains("use --to-file");
  }
}
