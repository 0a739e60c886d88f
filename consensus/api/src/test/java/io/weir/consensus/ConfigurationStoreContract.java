package io.weir.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every store promises. A subclass says how to get one; each test uses jobs of its own, so one
 * store may serve all tests.
 */
@Timeout(60)
@SuppressWarnings("try") // A watch lasts as long as the block that opens it.
public abstract class ConfigurationStoreContract extends RestorationContract {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String NUMBER_SCHEMA =
      "{\"type\": \"object\", \"properties\": {\"limit\": {\"type\": \"integer\", \"maximum\":"
          + " 9}}}";

  private static final VersionId ELSEWHERE = new VersionId(5, "5e".repeat(32));
  private static final VersionId FURTHER = new VersionId(6, "6e".repeat(32));

  private final String job = "job-" + UUID.randomUUID();

  @Test
  void knowsNothingOfAJobThatNeverExisted() {
    assertThatThrownBy(() -> get(store().read(job))).isInstanceOf(StoreException.UnknownJob.class);
    assertThatThrownBy(() -> get(store().readLocal(job)))
        .isInstanceOf(StoreException.UnknownJob.class);
    assertThatThrownBy(() -> get(store().history(job, 1, 10)))
        .isInstanceOf(StoreException.UnknownJob.class);
    assertThat(get(store().jobs())).doesNotContain(job);
    assertThat(get(store().schema(job))).isEmpty();
  }

  @Test
  void readsWhatWasAcknowledged() {
    Revision made = set(0, "limit: 1 # as written\n");

    Revision read = get(store().read(job));

    assertThat(read.document()).isEqualTo("limit: 1 # as written\n");
    assertThat(read.withDocument(null)).isEqualTo(made);
    assertThat(read.version()).isEqualTo(1);
    assertThat(read.author()).isEqualTo(author());
    assertThat(read.reason()).isEqualTo("because of a test");
    assertThat(get(store().jobs())).contains(job);
  }

  @Test
  void readsLocallyWhatItWillHaveLearned() {
    set(0, "a: 1");

    await().atMost(SOON).ignoreExceptions().until(() -> localVersion() == 1);
  }

  private long localVersion() {
    return get(store().readLocal(job)).version();
  }

  @Test
  void countsVersionsWithoutGapsAndChainsThemByHash() {
    for (int version = 0; version < 5; version++) {
      set(version, "limit: " + version);
    }

    List<Revision> history = get(store().history(job, 1, 100));

    assertThat(history).extracting(Revision::version).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(history.get(0).previousHash()).isEmpty();
    assertThat(IntStream.range(1, 5))
        .allMatch(i -> Chain.follows(history.get(i), history.get(i - 1)));
    assertThat(history)
        .allMatch(
            each -> each.documentHash().equals(Chain.hashDocument(each.content().orElse(""))));
  }

  @Test
  void refusesAProposalForAnotherVersionThanTheNewest() {
    set(0, "limit: 1");
    set(1, "limit: 2");

    for (long wrong : new long[] {0, 1, 3}) {
      assertThatThrownBy(() -> set(wrong, "limit: 3"))
          .isInstanceOfSatisfying(
              StoreException.VersionConflict.class,
              conflict -> {
                assertThat(conflict.expected()).isEqualTo(wrong);
                assertThat(conflict.actual()).isEqualTo(2);
              });
    }
    assertThat(get(store().read(job)).document()).isEqualTo("limit: 2");
  }

  @Test
  void doesARepeatedRequestOnce() {
    Proposal proposal = proposal(0, new Change.Set("limit: 1"));

    Revision first = get(store().propose(proposal));
    set(1, "limit: 2");
    Revision again = get(store().propose(proposal));

    assertThat(again).isEqualTo(first);
    assertThat(get(store().read(job)).version()).isEqualTo(2);
  }

  @Test
  void refusesARequestIdOfAnotherChange() {
    Proposal proposal = proposal(0, new Change.Set("limit: 1"));
    get(store().propose(proposal));

    Proposal other =
        new Proposal(job, 1, new Change.Set("limit: 2"), author(), "another", proposal.requestId());

    assertThatThrownBy(() -> get(store().propose(other)))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining(proposal.requestId());
    assertThat(get(store().read(job)).version()).isEqualTo(1);
  }

  @Test
  void letsOneOfManyCompetingProposalsThrough() {
    List<CompletableFuture<Revision>> racing =
        IntStream.range(0, 16)
            .mapToObj(i -> store().propose(proposal(0, new Change.Set("limit: " + i))))
            .toList();

    long won = racing.stream().filter(ConfigurationStoreContract::succeeds).count();

    assertThat(won).isEqualTo(1);
    assertThat(get(store().read(job)).version()).isEqualTo(1);
  }

  private static boolean succeeds(CompletableFuture<Revision> proposal) {
    try {
      get(proposal);
      return true;
    } catch (StoreException.VersionConflict e) {
      return false;
    }
  }

  @Test
  void takesTheLargestDocumentAndRefusesALargerOne() {
    String largest = "a: " + "b".repeat(Limits.DOCUMENT_BYTES - 3);

    set(0, largest);

    assertThat(get(store().read(job)).document()).isEqualTo(largest);
    assertThatThrownBy(() -> set(1, largest + "b"))
        .isInstanceOfSatisfying(
            StoreException.DocumentTooLarge.class,
            refusal -> assertThat(refusal.writtenBytes()).isEqualTo(Limits.DOCUMENT_BYTES + 1));
    assertThat(get(store().read(job)).version()).isEqualTo(1);
  }

  @Test
  void takesADocumentThatHardlyCompressesAndRefusesALargerOne() {
    // Hexadecimal digits compress to somewhat more than half.
    set(0, "a: " + randomHex(80 * 1024));

    assertThatThrownBy(() -> set(1, "a: " + randomHex(100 * 1024)))
        .isInstanceOfSatisfying(
            StoreException.DocumentTooLarge.class,
            refusal -> {
              assertThat(refusal.writtenBytes()).isEqualTo(100 * 1024 + 3);
              assertThat(refusal.compressedBytes()).isGreaterThan(Limits.COMPRESSED_BYTES);
            });
    assertThat(get(store().read(job)).version()).isEqualTo(1);
  }

  private static String randomHex(int length) {
    Random random = new Random(17);
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  @Test
  void keepsEveryCharacter() {
    String document = "text: \"ünï \uD83D\uDE80 \\u0000\"\r\n# end";

    set(0, document);

    assertThat(get(store().read(job)).document()).isEqualTo(document);
    assertThat(document.getBytes(StandardCharsets.UTF_8).length).isGreaterThan(document.length());
  }

  @Test
  void rollsBackToAnOldDocumentAsANewVersion() {
    set(0, "limit: 1");
    set(1, "limit: 2");

    Revision made = get(store().propose(proposal(2, new Change.Rollback(1))));

    Revision read = get(store().read(job));
    assertThat(made.version()).isEqualTo(3);
    assertThat(read.document()).isEqualTo("limit: 1");
    assertThat(read.kind()).isEqualTo(Change.Kind.ROLLBACK);
    assertThat(read.rolledBackTo()).isEqualTo(1);
  }

  @Test
  void refusesToRollBackToWhatNeverWas() {
    set(0, "limit: 1");
    get(store().propose(proposal(1, new Change.Delete())));

    for (long wrong : new long[] {2, 3}) {
      assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Rollback(wrong)))))
          .isInstanceOf(StoreException.UnknownVersion.class);
    }
    assertThat(get(store().read(job)).version()).isEqualTo(2);
  }

  @Test
  void deletesByATombstoneFromWhichTheJobIsCreatedAnew() {
    set(0, "limit: 1");

    Revision tombstone = get(store().propose(proposal(1, new Change.Delete())));
    Revision read = get(store().read(job));

    assertThat(tombstone.version()).isEqualTo(2);
    assertThat(read.isTombstone()).isTrue();
    assertThat(read.document()).isNull();
    assertThatThrownBy(() -> set(0, "limit: 2")).isInstanceOf(StoreException.VersionConflict.class);
    assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Delete()))))
        .isInstanceOf(StoreException.InvalidRequest.class);
    assertThat(set(2, "limit: 2").version()).isEqualTo(3);
  }

  @Test
  void cannotDeleteWhatNeverExisted() {
    assertThatThrownBy(() -> get(store().propose(proposal(0, new Change.Delete()))))
        .isInstanceOf(StoreException.UnknownJob.class);
    assertThat(get(store().jobs())).doesNotContain(job);
  }

  @Test
  void refusesWhatBreaksTheSchemaAndSaysWhere() {
    get(store().registerSchema(job, NUMBER_SCHEMA));

    assertThatThrownBy(() -> set(0, "limit: 10"))
        .isInstanceOfSatisfying(
            StoreException.InvalidConfiguration.class,
            refusal -> {
              assertThat(refusal.violations()).hasSize(1);
              assertThat(refusal.violations().get(0).pointer()).isEqualTo("/limit");
              assertThat(refusal.violations().get(0).rule()).isEqualTo("maximum");
            });
    assertThatThrownBy(() -> get(store().read(job))).isInstanceOf(StoreException.UnknownJob.class);
    assertThat(set(0, "limit: 9").version()).isEqualTo(1);
    assertThat(get(store().schema(job))).contains(NUMBER_SCHEMA);
  }

  @Test
  void doesNotLetALateRepetitionUndoALaterSchema() {
    String later = "{\"type\": \"object\"}";
    get(store().registerSchema(job, NUMBER_SCHEMA, "first"));
    get(store().registerSchema(job, later, "second"));

    get(store().registerSchema(job, NUMBER_SCHEMA, "first"));

    assertThat(get(store().schema(job))).contains(later);
    get(store().registerSchema(job, NUMBER_SCHEMA, "third"));
    assertThat(get(store().schema(job))).contains(NUMBER_SCHEMA);
  }

  @Test
  void refusesASchemaWithoutARequestId() {
    assertThatThrownBy(() -> get(store().registerSchema(job, NUMBER_SCHEMA, " ")))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("request id");
    assertThat(get(store().schema(job))).isEmpty();
  }

  @Test
  void checksARollbackAgainstTheSchemaOfNow() {
    set(0, "limit: 10");
    set(1, "limit: 1");
    get(store().registerSchema(job, NUMBER_SCHEMA));

    assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Rollback(1)))))
        .isInstanceOf(StoreException.InvalidConfiguration.class);
    assertThat(get(store().read(job)).version()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNoSchemaAndWhatIsNoDocument() {
    assertThatThrownBy(() -> get(store().registerSchema(job, "{\"type\": 7}")))
        .isInstanceOf(StoreException.InvalidConfiguration.class);
    assertThatThrownBy(() -> set(0, "a: [1, 2"))
        .isInstanceOfSatisfying(
            StoreException.InvalidConfiguration.class,
            refusal -> assertThat(refusal.violations().get(0).rule()).isEqualTo("syntax"));
  }

  @Test
  void checksWithoutChangingAnything() {
    get(store().registerSchema(job, NUMBER_SCHEMA));
    set(0, "limit: 1");

    assertThat(get(store().check(proposal(1, new Change.Set("limit: 2")))))
        .hasValueSatisfying(newest -> assertThat(newest.version()).isEqualTo(1));
    assertThatThrownBy(() -> get(store().check(proposal(0, new Change.Set("limit: 2")))))
        .isInstanceOf(StoreException.VersionConflict.class);
    assertThatThrownBy(() -> get(store().check(proposal(1, new Change.Set("limit: 99")))))
        .isInstanceOf(StoreException.InvalidConfiguration.class);
    assertThat(get(store().read(job)).version()).isEqualTo(1);
  }

  @Test
  void keepsTheContentOfTheNewestVersionsOnly() {
    int all = Limits.VERSIONS_WITH_CONTENT + 5;
    for (int version = 0; version < all; version++) {
      set(version, "limit: " + version);
    }

    List<Revision> history = get(store().history(job, 1, all));

    assertThat(history).extracting(Revision::version).isEqualTo(versions(1, all));
    assertThat(history.subList(0, 5)).allMatch(each -> each.content().isEmpty());
    assertThat(history.subList(5, all)).allMatch(each -> each.content().isPresent());
    assertThat(get(store().history(job, 7, 2)))
        .extracting(Revision::document)
        .containsExactly("limit: 6", "limit: 7");
    assertThatThrownBy(() -> get(store().propose(proposal(all, new Change.Rollback(5)))))
        .isInstanceOfSatisfying(
            StoreException.Compacted.class,
            compacted -> assertThat(compacted.oldest()).isEqualTo(6));
    Collected late = new Collected();
    try (Watch watch = store().watch(job, 2, late)) {
      await().atMost(SOON).until(() -> !late.ends.isEmpty());
    }
    assertThat(late.revisions).isEmpty();
    assertThat(late.ends).first().isInstanceOf(StoreException.Compacted.class);
  }

  @Test
  void watchesEveryVersionInOrder() {
    set(0, "limit: 0");
    set(1, "limit: 1");
    Collected seen = new Collected();
    Collected later = new Collected();

    try (Watch fromStart = store().watch(job, 1, seen);
        Watch fromFourth = store().watch(job, 4, later)) {
      for (int version = 2; version < 20; version++) {
        set(version, "limit: " + version);
      }
      await().atMost(SOON).until(() -> seen.revisions.size() >= 20 && later.revisions.size() >= 17);
    }

    assertThat(seen.revisions).extracting(Revision::version).isEqualTo(versions(1, 20));
    assertThat(seen.revisions).extracting(Revision::document).doesNotContainNull();
    assertThat(later.revisions).extracting(Revision::version).isEqualTo(versions(4, 20));
    assertThat(seen.ends).isEmpty();
  }

  @Test
  void watchesAJobThatDoesNotExistYet() {
    Collected seen = new Collected();

    try (Watch watch = store().watch(job, 1, seen)) {
      set(0, "limit: 0");
      get(store().propose(proposal(1, new Change.Delete())));
      await().atMost(SOON).until(() -> seen.revisions.size() == 2);
    }

    assertThat(seen.revisions.get(1).isTombstone()).isTrue();
  }

  @Test
  void deliversNothingAfterAWatchWasClosed() {
    Collected closed = new Collected();
    Collected open = new Collected();
    try (Watch watching = store().watch(job, 1, open)) {
      store().watch(job, 1, closed).close();

      set(0, "limit: 0");

      await().atMost(SOON).until(() -> open.revisions.size() == 1);
    }
    assertThat(closed.revisions).isEmpty();
  }

  @Test
  void notesOnceWhatCameIntoForce() {
    set(0, "limit: 1");
    LedgerEntry first = entry(7, 1, LedgerEntry.Outcome.IN_FORCE, "");
    LedgerEntry second = entry(8, 1, LedgerEntry.Outcome.REFUSED, "no such channel");

    get(store().record(first));
    get(store().record(first));
    get(store().record(second));

    assertThat(get(store().ledger(job))).containsExactly(first, second);
    assertThatThrownBy(() -> get(store().record(entry(9, 2, LedgerEntry.Outcome.IN_FORCE, ""))))
        .isInstanceOf(StoreException.UnknownVersion.class);
  }

  private LedgerEntry entry(
      long checkpoint, long version, LedgerEntry.Outcome outcome, String note) {
    return entry(checkpoint, new VersionId(version, hash(version)), outcome, note);
  }

  private LedgerEntry entry(
      long checkpoint, VersionId version, LedgerEntry.Outcome outcome, String note) {
    return new LedgerEntry(
        job,
        "f1",
        checkpoint,
        version.version(),
        version.hash(),
        Instant.ofEpochMilli(1_000),
        4,
        outcome,
        note);
  }

  /** Of a version of this history, if there is one. */
  private String hash(long version) {
    List<Revision> found = get(store().history(job, version, 1));
    return found.isEmpty() ? ELSEWHERE.hash() : found.get(0).hash();
  }

  @Test
  void notesAVersionOfAnotherHistoryOnlyAsWhatIsNotFollowed() {
    set(0, "limit: 1");
    VersionId other = new VersionId(1, ELSEWHERE.hash());
    LedgerEntry reason = entry(0, ELSEWHERE, LedgerEntry.Outcome.NOT_FOLLOWED, "behind the job");
    LedgerEntry later = entry(0, ELSEWHERE, LedgerEntry.Outcome.NOT_FOLLOWED, "forked");

    assertThatThrownBy(() -> get(store().record(entry(7, other, LedgerEntry.Outcome.IN_FORCE, ""))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("another history");
    get(store().record(reason));
    get(store().record(later));
    get(store().record(reason));

    assertThat(get(store().ledger(job))).containsExactly(reason, later);
  }

  @Test
  void notesWhatIsNotFollowedBeforeThereIsAnyVersion() {
    LedgerEntry lost = entryOfLostStore();

    get(store().record(lost));

    assertThat(get(store().ledger(job))).containsExactly(lost);
    assertThatThrownBy(() -> get(store().read(job))).isInstanceOf(StoreException.UnknownJob.class);
  }

  private LedgerEntry entryOfLostStore() {
    return entry(0, ELSEWHERE, LedgerEntry.Outcome.NOT_FOLLOWED, "the store knows no such job");
  }

  @Test
  void adoptsByRepeatingTheNewestDocumentAndNamingWhatIsAbandoned() {
    set(0, "limit: 1");
    set(1, "limit: 2");

    Revision adoption = get(store().propose(proposal(2, new Change.Adopt(ELSEWHERE))));

    Revision read = get(store().read(job));
    assertThat(read.version()).isEqualTo(3);
    assertThat(read.kind()).isEqualTo(Change.Kind.ADOPT);
    assertThat(read.content()).contains("limit: 2");
    assertThat(read.abandoned()).isEqualTo(ELSEWHERE);
    assertThat(read.author()).isEqualTo(author());
    assertThat(adoption).isEqualTo(read.withDocument(null));
    List<Revision> history = get(store().history(job, 1, 10));
    assertThat(history.get(2)).isEqualTo(read);
    assertThat(Chain.follows(history.get(2), history.get(1))).isTrue();
  }

  @Test
  void adoptsOnceForEachRequestAndEachVersion() {
    set(0, "limit: 1");
    Proposal once = proposal(1, new Change.Adopt(ELSEWHERE));
    Proposal other =
        new Proposal(job, 1, new Change.Adopt(FURTHER), "somebody", "", once.requestId());

    Revision first = get(store().propose(once));

    assertThat(get(store().propose(once))).isEqualTo(first);
    assertThatThrownBy(() -> get(store().propose(other)))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("another change");
    assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("was abandoned already, by version 2");
    assertThat(get(store().propose(proposal(2, new Change.Adopt(FURTHER)))).version()).isEqualTo(3);
  }

  @Test
  void refusesToAdoptWhereThereIsNothingToAdopt() {
    assertThatThrownBy(() -> get(store().propose(proposal(0, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.UnknownJob.class);
    Revision first = set(0, "limit: 1");
    Change ofThisHistory = new Change.Adopt(VersionId.of(first));
    assertThatThrownBy(() -> get(store().propose(proposal(1, ofThisHistory))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("is of this history");
    assertThatThrownBy(() -> get(store().propose(proposal(0, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.VersionConflict.class);
    assertThatThrownBy(() -> get(store().check(proposal(1, ofThisHistory))))
        .isInstanceOf(StoreException.InvalidRequest.class);
    get(store().propose(proposal(1, new Change.Delete())));
    assertThatThrownBy(() -> get(store().propose(proposal(2, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.InvalidRequest.class)
        .hasMessageContaining("is deleted");
    assertThat(get(store().read(job)).version()).isEqualTo(2);
  }

  @Test
  void refusesToAdoptADocumentThatBreaksTheSchema() {
    set(0, "limit: 99");
    get(store().registerSchema(job, NUMBER_SCHEMA));

    assertThatThrownBy(() -> get(store().propose(proposal(1, new Change.Adopt(ELSEWHERE)))))
        .isInstanceOf(StoreException.InvalidConfiguration.class)
        .hasMessageContaining("/limit");
  }

  @Test
  void watchesAnAdoptionLikeAnyVersion() {
    set(0, "limit: 1");
    Collected seen = new Collected();

    try (Watch watch = store().watch(job, 1, seen)) {
      get(store().propose(proposal(1, new Change.Adopt(ELSEWHERE))));
      await().atMost(SOON).until(() -> seen.revisions.size() == 2);
    }

    assertThat(seen.revisions.get(1).content()).contains("limit: 1");
    assertThat(seen.revisions.get(1).abandoned()).isEqualTo(ELSEWHERE);
  }

  @Test
  void refusesNamesAndNumbersThatCannotBe() {
    List<ThrowingCallable> wrong =
        List.of(
            () -> get(store().read("no/such name")),
            () -> get(store().readLocal("")),
            () -> get(store().history("../x", 1, 1)),
            () -> get(store().schema(".hidden")),
            () -> store().watch(job, 0, new Collected()),
            () -> proposal(-1, new Change.Delete()),
            () -> new VersionId(0, "5e".repeat(32)),
            () -> new VersionId(1, "5E".repeat(32)),
            () -> new VersionId(1, ""),
            () -> new Proposal(job, 0, new Change.Delete(), " ", "", "1"),
            () -> new Proposal(job, 0, new Change.Delete(), "a", "r".repeat(1_001), "1"));

    assertThat(wrong)
        .allSatisfy(
            call -> assertThatThrownBy(call).isInstanceOf(StoreException.InvalidRequest.class));
  }

  /** Who the store says made these changes. */
  protected String author() {
    return "somebody";
  }

  private Revision set(long expected, String document) {
    return get(store().propose(proposal(expected, new Change.Set(document))));
  }

  private Proposal proposal(long expected, Change change) {
    return Proposal.of(job, expected, change, "somebody", "because of a test");
  }

  private static List<Long> versions(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private static final class Collected implements WatchListener {

    final List<Revision> revisions = new CopyOnWriteArrayList<>();
    final List<StoreException> ends = new CopyOnWriteArrayList<>();

    @Override
    public void onRevision(Revision revision) {
      revisions.add(revision);
    }

    @Override
    public void onEnd(StoreException reason) {
      ends.add(reason);
    }
  }
}
