package io.weir.consensus.server.backup;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Limits;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {

  private static final Instant TIME = Instant.parse("2026-11-25T12:00:00Z");

  @TempDir private Path folder;

  private final ConfigurationStore lost = store();
  private final ConfigurationStore fresh = store();

  private static ConfigurationStore store() {
    return RegisterStore.inMemory(
        DocumentCheck.none(), InstantSource.fixed(Instant.EPOCH), Runnable::run);
  }

  @BeforeEach
  void fill() {
    propose(lost, "web", 0, new Change.Set("limit: 1 # <\"\u20ac\u0001\">\n"));
    propose(lost, "web", 1, new Change.Set("limit: 2"));
    propose(lost, "web", 2, new Change.Rollback(1));
    lost.registerSchema("web", "{\"type\": \"object\"}").join();
    Revision newest = lost.read("web").join();
    lost.record(entry("web", newest, LedgerEntry.Outcome.IN_FORCE)).join();
    lost.record(entry("web", newest, LedgerEntry.Outcome.REFUSED)).join();
    propose(lost, "old", 0, new Change.Set("a: 1"));
    propose(lost, "old", 1, new Change.Delete());
    for (int i = 0; i < Limits.VERSIONS_WITH_CONTENT + 40; i++) {
      propose(lost, "busy", i, new Change.Set("i: " + i));
    }
  }

  private static Revision propose(ConfigurationStore store, String job, long expected, Change to) {
    return store.propose(Proposal.of(job, expected, to, "anna", "because")).join();
  }

  private static LedgerEntry entry(String job, Revision of, LedgerEntry.Outcome outcome) {
    return new LedgerEntry(job, "run", 4, of.version(), of.hash(), TIME, 8, outcome, "a note");
  }

  private Path backup() throws IOException {
    Path file = folder.resolve("weir.backup");
    new Backup(lost).write(file, TIME);
    return file;
  }

  private void restore(ConfigurationStore into, Path file) throws IOException {
    Restore.of(into, file, Set.of()).run(line -> {});
  }

  private static void assertSame(ConfigurationStore one, ConfigurationStore other) {
    assertThat(one.jobs().join()).isEqualTo(other.jobs().join());
    for (String job : other.jobs().join()) {
      assertThat(one.history(job, 1, Limits.VERSIONS).join())
          .isEqualTo(other.history(job, 1, Limits.VERSIONS).join());
      assertThat(one.ledger(job).join()).isEqualTo(other.ledger(job).join());
      assertThat(one.schema(job).join()).isEqualTo(other.schema(job).join());
    }
  }

  @Test
  void bringsEverythingBack() throws IOException {
    Path file = folder.resolve("weir.backup");

    Contents contents = new Backup(lost).write(file, TIME);
    restore(fresh, file);

    assertThat(contents).isEqualTo(new Contents(3, 3 + 2 + 240, 2));
    assertSame(fresh, lost);
    assertThat(propose(fresh, "web", 3, new Change.Set("limit: 4")).version()).isEqualTo(4);
  }

  @Test
  void makesTheSameFileFromARestoredStore() throws IOException {
    Path file = backup();
    restore(fresh, file);
    Path second = folder.resolve("second.backup");

    new Backup(fresh).write(second, TIME);

    assertThat(lines(second)).isEqualTo(lines(file));
  }

  @Test
  void writesNoFileOverAnotherAndLeavesNoHalfOfOne() throws IOException {
    Path file = backup();
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> new Backup(fresh).write(file, TIME))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> new Backup(Cut.after(lost, 3)).write(folder.resolve("other"), TIME))
        .isInstanceOf(StoreException.Unavailable.class);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder.toFile().list()).containsExactly("weir.backup");
  }

  @Test
  void givesTheNameToOneOfTwoBackupsThatAreWrittenAtTheSameTime() throws IOException {
    Path file = folder.resolve("weir.backup");
    try (BackupWriter first = new BackupWriter(file, TIME)) {
      try (BackupWriter second = new BackupWriter(file, TIME)) {
        second.job(new SavedJob("half", new VersionId(1, "0".repeat(64)), null));

        first.finish();

        assertThatThrownBy(second::finish).isInstanceOf(FileAlreadyExistsException.class);
      }
    }

    assertThat(Verification.of(file)).isEmpty();
    assertThat(folder.toFile().list()).containsExactly("weir.backup");
  }

  @ParameterizedTest
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ValueSource(ints = {0, 1})
  void givesUpWhereTheStoreNoLongerHasTheNewestVersion(int versions) {
    List<Revision> later = lost.history("busy", 200, versions + 1).join().subList(1, versions + 1);
    ConfigurationStore forgetful =
        Overridden.of(lost, "history", CompletableFuture.completedFuture(later));

    assertThatThrownBy(() -> new Backup(forgetful).write(folder.resolve("weir.backup"), TIME))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("forgets versions of job");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhichJobsAreThereWhereTheFileWasChangedMeanwhile() throws IOException {
    Path file = backup();
    List<String> lines = lines(file);
    Restore restore = Restore.of(fresh, file, Set.of());
    Files.copy(packed(lines.subList(0, lines.size() - 1)), file, REPLACE_EXISTING);
    List<String> said = new ArrayList<>();

    assertThatThrownBy(() -> restore.run(said::add))
        .isInstanceOf(DamagedBackup.class)
        .hasMessageContaining("was changed while it was restored")
        .hasMessageNotContaining("nothing was restored");

    assertThat(said).hasSameSizeAs(fresh.jobs().join()).isNotEmpty();
  }

  /** Wherever it is cut: before each call, or after it was done and nobody was told. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void goesOnAfterAnInterruptionAnywhere(boolean afterwards) throws IOException {
    propose(lost, "busy", 240, new Change.Delete());
    Path file = backup();
    int cuts = 0;

    for (int calls = 0; ; calls++) {
      ConfigurationStore target = store();
      Cut cut = new Cut(calls, afterwards);
      if (isWhole(cut.of(target), file)) {
        break;
      }
      cuts++;
      calls += calls > 60 ? 6 : 0; // what comes again and again is cut now and then
      assertPartsAreHidden(target);
      restore(target, file);
      assertSame(target, lost);
    }

    assertThat(cuts).isGreaterThan(60);
  }

  private boolean isWhole(ConfigurationStore target, Path file) throws IOException {
    try {
      restore(target, file);
      return true;
    } catch (StoreException.Unavailable e) {
      return false;
    }
  }

  private void assertPartsAreHidden(ConfigurationStore target) {
    for (String job : target.jobs().join()) {
      assertThat(target.read(job).join()).isEqualTo(lost.read(job).join());
    }
  }

  @Test
  void changesNothingWhenItIsRestoredTwice() throws IOException {
    Path file = backup();
    restore(fresh, file);
    propose(fresh, "web", 3, new Change.Set("limit: 9"));

    restore(fresh, file);

    assertThat(fresh.read("web").join().version()).isEqualTo(4);
    assertThat(fresh.ledger("web").join()).hasSize(2);
  }

  @Test
  void restoresNothingWhereAnyJobHasVersionsOfItsOwn() throws IOException {
    Path file = backup();
    propose(fresh, "web", 0, new Change.Set("limit: 7"));

    assertThatThrownBy(() -> restore(fresh, file))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("web at version 1");
    assertThat(fresh.jobs().join()).containsExactly("web");

    Restore.of(fresh, file, Set.of("old", "busy")).run(line -> {});
    assertThat(fresh.jobs().join()).containsExactly("busy", "old", "web");
    assertThat(fresh.read("web").join().content()).contains("limit: 7");
  }

  @Test
  void doesNotTakeAForkForTheBackup() throws IOException {
    Path file = backup();
    for (int i = 0; i < 3; i++) {
      propose(fresh, "web", i, new Change.Set("other: " + i));
    }

    assertThatThrownBy(() -> restore(fresh, file)).hasMessageContaining("web at version 3");
  }

  @Test
  void keepsWhatRunningJobsToldTheEmptyStore() throws IOException {
    Path file = backup();
    VersionId held = VersionId.of(lost.read("web").join());
    LedgerEntry lostStore =
        new LedgerEntry(
            "web",
            "run",
            0,
            held.version(),
            held.hash(),
            TIME,
            8,
            LedgerEntry.Outcome.NOT_FOLLOWED,
            "the store knows no such job");
    fresh.record(lostStore).join();
    fresh.registerSchema("web", "{\"type\": \"object\", \"title\": \"newer\"}").join();
    List<String> said = new ArrayList<>();

    Restore.of(fresh, file, Set.of()).run(said::add);

    assertThat(fresh.ledger("web").join()).hasSize(3).first().isEqualTo(lostStore);
    assertThat(fresh.schema("web").join().orElseThrow()).contains("newer");
    assertThat(said).anyMatch(line -> line.contains("keeps the schema"));
  }

  @Test
  void refusesAFileThatIsDamagedAnywhere() throws IOException {
    byte[] good = Files.readAllBytes(backup());
    Random random = new Random(9);
    Path bad = folder.resolve("bad");

    for (int i = 0; i < 300; i++) {
      byte[] bytes = good.clone();
      // The header of gzip has a time and a name of a system, which say nothing.
      bytes[10 + random.nextInt(good.length - 10)] ^= (byte) (1 << random.nextInt(8));
      Files.write(bad, bytes);
      assertThatThrownBy(() -> restore(fresh, bad)).isInstanceOf(DamagedBackup.class);
    }

    assertThat(fresh.jobs().join()).isEmpty();
  }

  @Test
  void refusesAFileThatEndsTooEarly() throws IOException {
    List<String> lines = lines(backup());

    for (int keep : new int[] {0, 1, 2, 5, lines.size() - 1}) {
      Path bad = packed(lines.subList(0, keep));
      assertThatThrownBy(() -> restore(fresh, bad))
          .isInstanceOf(DamagedBackup.class)
          .hasMessageContaining("it ends too early");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\"format\":1', '\"format\":2', a backup of format 2; this release knows 1",
    "'weir-configuration', 'x', no backup of a configuration store",
    "'limit: 2', 'limit: 3', does not fit its hash",
    "'anna', 'bert', does not fit its hash",
    "'a note', 'a fact', should be",
    "'\"jobs\":3', '\"jobs\":2', and should be",
    "'\"version\":240,\"hash\"', '\"version\":239,\"hash\"', does not end with version 239",
  })
  void saysWhatIsWrongInsideOfAWellPackedFile(String from, String to, String says)
      throws IOException {
    Path bad = packed(lines(backup()).stream().map(line -> line.replaceFirst(from, to)).toList());

    assertThatThrownBy(() -> restore(fresh, bad))
        .isInstanceOf(DamagedBackup.class)
        .hasMessageContaining(says)
        .hasMessageContaining("nothing was restored");
    assertThat(fresh.jobs().join()).isEmpty();
  }

  @Test
  void refusesALineWithoutEnd() throws IOException {
    Path bad = packed(List.of("x".repeat(BackupFormat.MAX_LINE_BYTES + 1)));

    assertThatThrownBy(() -> restore(fresh, bad))
        .isInstanceOf(DamagedBackup.class)
        .hasMessageContaining("a line of more than");
  }

  private static List<String> lines(Path file) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private Path packed(List<String> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      for (String line : lines) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return Files.write(folder.resolve("packed"), bytes.toByteArray());
  }
}
