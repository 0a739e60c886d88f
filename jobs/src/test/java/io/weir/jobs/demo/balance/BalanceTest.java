package io.weir.jobs.demo.balance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.analytics.AnalyticsRules;
import io.weir.jobs.generator.Account;
import io.weir.jobs.generator.Account.Kind;
import io.weir.jobs.generator.EventMaker;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.SettingsFile;
import io.weir.operators.epoch.stamp.Stamp;
import io.weir.operators.epoch.verify.Rule;
import io.weir.operators.epoch.verify.Sighting;
import io.weir.operators.epoch.verify.Verdict;
import io.weir.operators.epoch.verify.Violation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each test spoils one thing of a pipeline that did everything right. */
class BalanceTest {

  private static final int EVENTS = 2_000;
  private static final long WINDOW = 500;
  private static final ObjectMapper JACKSON = new ObjectMapper();

  private static final GeneratorSettings GENERATOR =
      GeneratorSettings.read(
          new SettingsFile(new Problems(), name -> null)
              .read(
                  null,
                  List.of(
                      "g.seed=7",
                      "g.disorder=200ms",
                      "g.duplicates=0.02",
                      "g.late=0.02",
                      "g.ahead.share=0.02",
                      "g.broken=0.02"))
              .section("g"));
  private static final Account ACCOUNT = new Account(GENERATOR);

  private static final RuleBook RULES =
      new RuleBook(
          Map.of(
              1L, new AnalyticsRules("status < 500", Map.of()),
              2L, new AnalyticsRules("status < 400", Map.of())));

  /** A record, the reason of its dead letter, and the version that it was processed under. */
  private record Delivered(byte[] bytes, @Nullable String refusal, long version) {

    Delivered refusedAs(@Nullable String other) {
      return new Delivered(bytes, other, other == null ? 1 : 0);
    }
  }

  private static final Verdict ACCEPTED = new Verdict(List.of(), 0, EVENTS, EVENTS, 5, 2, 0);

  private interface Condition {
    boolean counts(long status, long version);
  }

  private record Group(long start, long status) {}

  private final List<Delivered> topic = new ArrayList<>();
  private final Map<Group, Long> stored = new HashMap<>();

  BalanceTest() throws IOException {
    EventMaker maker = new EventMaker(GENERATOR);
    for (int i = 0; i < EVENTS; i++) {
      String refusal = refusal(ACCOUNT.kindOf(i));
      topic.add(new Delivered(maker.make(i), refusal, refusal == null ? versionOf(i) : 0));
    }
    store(BalanceTest::counts);
  }

  // The version changes half way.
  private static long versionOf(int index) {
    return index < EVENTS / 2 ? 1 : 2;
  }

  private static boolean counts(long status, long version) {
    return version == 1 ? status < 500 : status < 400;
  }

  private static @Nullable String refusal(Kind kind) {
    return switch (kind) {
      case BROKEN -> "broken";
      case LATE -> "late";
      case AHEAD -> "ahead";
      case GOOD, DUPLICATE -> null;
    };
  }

  /** What a job would store that does what it should with the topic as it is. */
  private void store(Condition where) throws IOException {
    stored.clear();
    for (Delivered each : topic) {
      if (each.refusal() == null) {
        Group group = group(each.bytes());
        if (where.counts(group.status(), each.version())) {
          stored.merge(group, 1L, Long::sum);
        }
      }
    }
  }

  private static Group group(byte[] event) throws IOException {
    JsonNode json = JACKSON.readTree(event);
    long time = Instant.parse(json.get("time").textValue()).toEpochMilli();
    return new Group(time - time % WINDOW, json.get("status").longValue());
  }

  private Figures close() {
    Balance balance = balance();
    stored.forEach((group, times) -> balance.stored(group.start(), group.status(), times));
    return balance.close(ACCEPTED);
  }

  private Balance balance() {
    Balance balance = new Balance(ACCOUNT, EVENTS, WINDOW, RULES);
    topic.forEach(each -> balance.record(each.bytes(), each.refusal(), each.version()));
    return balance;
  }

  private static int first(Kind kind) {
    return IntStream.range(0, EVENTS)
        .filter(i -> ACCOUNT.kindOf(i) == kind)
        .findFirst()
        .orElseThrow();
  }

  private static long count(Kind kind) {
    return IntStream.range(0, EVENTS).filter(i -> ACCOUNT.kindOf(i) == kind).count();
  }

  private static long sum(Map<Long, Long> byVersion) {
    return byVersion.values().stream().mapToLong(Long::longValue).sum();
  }

  private Group anyGroup() {
    return stored.keySet().iterator().next();
  }

  private static void assertOff(Figures figures, long lost, long doubled) {
    assertThat(figures.lost()).isEqualTo(lost);
    assertThat(figures.doubled()).isEqualTo(doubled);
    assertThat(figures.balances()).isFalse();
    assertThat(figures.notes()).isNotEmpty();
    assertThat(figures.lines()).last().isEqualTo("It does not balance.");
  }

  @Test
  void balancesWhereEverythingIsRight() {
    Figures figures = close();

    assertThat(figures.lines()).last().isEqualTo("It balances.");
    assertThat(figures.notes()).isEmpty();
    assertThat(figures.generated()).isEqualTo(EVENTS);
    assertThat(figures.inKafka()).isEqualTo(EVENTS);
    assertThat(figures.refused())
        .containsOnly(
            Map.entry("broken", count(Kind.BROKEN)),
            Map.entry("late", count(Kind.LATE)),
            Map.entry("ahead", count(Kind.AHEAD)));
    assertThat(figures.dropped()).containsOnlyKeys(1L, 2L);
    assertThat(figures.aggregated()).containsOnlyKeys(1L, 2L);
    assertThat(figures.storedRows()).isEqualTo(stored.size());
    assertThat(figures.storedRequests()).isEqualTo(sum(figures.aggregated()));
    assertThat(sum(figures.dropped()) + sum(figures.aggregated()))
        .isEqualTo(count(Kind.GOOD) + count(Kind.DUPLICATE));
  }

  @Test
  void aRowThatCountsOneEventLessLostIt() {
    stored.merge(anyGroup(), -1L, Long::sum);

    assertOff(close(), 1, 0);
  }

  @Test
  void aMissingRowLostItsEvents() {
    Group missing = anyGroup();
    long events = stored.getOrDefault(missing, 0L);
    stored.remove(missing);

    assertOff(close(), events, 0);
  }

  @Test
  void aRowThatCountsOneEventMoreDoubledIt() {
    stored.merge(anyGroup(), 1L, Long::sum);

    assertOff(close(), 0, 1);
  }

  @Test
  void aRowStoredTwiceDoubledItsEvents() {
    Group twice = anyGroup();
    long events = stored.getOrDefault(twice, 0L);
    Balance balance = balance();
    stored.forEach((group, times) -> balance.stored(group.start(), group.status(), times));

    balance.stored(twice.start(), twice.status(), events);

    assertOff(balance.close(ACCEPTED), 0, events);
  }

  @Test
  void eventsInTheWrongWindowAreLostInOneAndTooManyInTheOther() {
    stored.merge(new Group(0, 200), 1L, Long::sum);
    stored.merge(anyGroupBut(new Group(0, 200)), -1L, Long::sum);

    assertOff(close(), 1, 1);
  }

  private Group anyGroupBut(Group other) {
    return stored.keySet().stream().filter(each -> !each.equals(other)).findFirst().orElseThrow();
  }

  @Test
  void aConditionThatLetsTooMuchThroughIsNoticed() throws IOException {
    long dropped = sum(close().dropped());

    store((status, version) -> true);

    assertOff(close(), 0, dropped);
  }

  @Test
  void aConditionThatDropsTooMuchIsNoticed() throws IOException {
    long all = sum(close().aggregated());

    store((status, version) -> status < 304);

    assertOff(close(), all - close().storedRequests(), 0);
  }

  @Test
  void theConditionOfTheWrongVersionIsNoticed() throws IOException {
    store((status, version) -> counts(status, 1));

    assertOff(close(), 0, close().storedRequests() - sum(close().aggregated()));
  }

  @Test
  void anEventUnderNoKnownVersionIsLost() throws IOException {
    int good = first(Kind.GOOD);
    Delivered event = topic.remove(good);
    store(BalanceTest::counts);
    topic.add(new Delivered(event.bytes(), null, 3));

    assertOff(close(), 1, 0);

    topic.set(topic.size() - 1, new Delivered(event.bytes(), null, 0));

    assertOff(close(), 1, 0);
  }

  @Test
  void anEventProcessedTwiceIsDoubled() {
    Balance balance = balance();
    stored.forEach((group, times) -> balance.stored(group.start(), group.status(), times));

    balance.repeatedStamps(2);

    assertOff(balance.close(ACCEPTED), 0, 2);
  }

  @Test
  void aDeadLetterThatWasProcessedAsWellIsDoubled() {
    int good = first(Kind.GOOD);
    topic.set(good, new Delivered(topic.get(good).bytes(), "late", versionOf(good)));

    assertOff(close(), 0, 1);
  }

  @Test
  void stampsThatAreRejectedDoNotBalance() {
    Balance balance = balance();
    stored.forEach((group, times) -> balance.stored(group.start(), group.status(), times));
    Stamp stamp = new Stamp("events-0@7", "where", 0, 4, 1, "job", 0, 0);
    Violation violation =
        new Violation(
            Rule.ONE_VERSION_PER_EPOCH, new Sighting("a", 1, stamp), new Sighting("b", 2, stamp));

    Figures figures = balance.close(new Verdict(List.of(violation), 1, EVENTS, EVENTS, 5, 2, 0));

    assertThat(figures.balances()).isFalse();
    assertThat(figures.lines())
        .contains("  an epoch under two versions: b, line 2")
        .endsWith("It does not balance.");
  }

  @Test
  void stampsOfRecordsThatAreNotThereAreTooMany() {
    Balance balance = balance();
    stored.forEach((group, times) -> balance.stored(group.start(), group.status(), times));

    balance.strayStamps(4);

    assertOff(balance.close(ACCEPTED), 0, 4);
  }

  @Test
  void aGoodEventAmongTheDeadLettersIsLost() throws IOException {
    int good = first(Kind.GOOD);
    topic.set(good, topic.get(good).refusedAs("late"));
    store(BalanceTest::counts);

    assertOff(close(), 1, 0);
  }

  @Test
  void anEventRefusedAsBrokenThatCanBeReadIsLost() {
    int late = first(Kind.LATE);
    topic.set(late, topic.get(late).refusedAs("broken"));

    assertOff(close(), 1, 0);
  }

  @Test
  void aLateEventThatIsCountedIsNotLost() throws IOException {
    int late = first(Kind.LATE);
    topic.set(late, topic.get(late).refusedAs(null));
    store(BalanceTest::counts);

    assertThat(close().balances()).isTrue();
  }

  @Test
  void aDeadLetterThatIsCountedAsWellIsDoubled() {
    Delivered good = topic.get(first(Kind.GOOD));
    int at = topic.indexOf(good);
    topic.set(at, good.refusedAs("late"));

    assertOff(close(), 1, 1);
  }

  @Test
  void aBrokenEventWithoutADeadLetterIsLost() {
    int broken = first(Kind.BROKEN);
    topic.set(broken, topic.get(broken).refusedAs(null));

    assertOff(close(), 1, 0);
  }

  @Test
  void deadLettersOfNoRecordAreTooMany() {
    Balance balance = balance();
    stored.forEach((group, times) -> balance.stored(group.start(), group.status(), times));

    balance.strayLetters(3);

    assertOff(balance.close(ACCEPTED), 0, 3);
  }

  @Test
  void anEventOfAnyKindThatIsNotInKafkaIsLost() throws IOException {
    for (Kind kind : Kind.values()) {
      Delivered removed = topic.remove(first(kind));
      store(BalanceTest::counts);

      assertOff(close(), 1, 0);

      topic.add(removed);
    }
  }

  @Test
  void theLastEventsAreMissedAsWell() throws IOException {
    topic.subList(EVENTS - 100, EVENTS).clear();
    store(BalanceTest::counts);

    assertOff(close(), 100, 0);
  }

  @Test
  void anEventOfAnyKindThatIsInKafkaTwiceIsDoubled() throws IOException {
    for (Kind kind : Kind.values()) {
      topic.add(topic.get(first(kind)));
      store(BalanceTest::counts);

      assertOff(close(), 0, 1);

      topic.remove(topic.size() - 1);
    }
  }

  @Test
  void anEventThatWasNeverGeneratedIsTooMuch() throws IOException {
    topic.add(new Delivered(new EventMaker(GENERATOR).make(firstGoodBeyond()), null, 2));
    store(BalanceTest::counts);

    assertOff(close(), 0, 1);
  }

  private static long firstGoodBeyond() {
    return IntStream.iterate(EVENTS, i -> i + 1)
        .filter(i -> ACCOUNT.kindOf(i) == Kind.GOOD)
        .findFirst()
        .orElseThrow();
  }
}
