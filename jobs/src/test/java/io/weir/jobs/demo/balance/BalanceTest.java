package io.weir.jobs.demo.balance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.jobs.generator.Account;
import io.weir.jobs.generator.Account.Kind;
import io.weir.jobs.generator.EventMaker;
import io.weir.jobs.generator.GeneratorSettings;
import io.weir.jobs.settings.Problems;
import io.weir.jobs.settings.SettingsFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
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

  /** A record and the reason of its dead letter. */
  private record Delivered(byte[] bytes, @Nullable String refusal) {}

  private record Group(long start, long status) {}

  private final List<Delivered> topic = new ArrayList<>();
  private final Map<Group, Long> stored = new HashMap<>();

  BalanceTest() throws IOException {
    EventMaker maker = new EventMaker(GENERATOR);
    for (int i = 0; i < EVENTS; i++) {
      topic.add(new Delivered(maker.make(i), refusal(ACCOUNT.kindOf(i))));
    }
    store(BalanceTest::counts);
  }

  private static boolean counts(long status) {
    return status < 500;
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
  private void store(LongPredicate where) throws IOException {
    stored.clear();
    for (Delivered each : topic) {
      if (each.refusal() == null) {
        Group group = group(each.bytes());
        if (where.test(group.status())) {
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
    return balance.close();
  }

  private Balance balance() {
    Balance balance = new Balance(ACCOUNT, EVENTS, WINDOW, BalanceTest::counts);
    topic.forEach(each -> balance.record(each.bytes(), each.refusal()));
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
    assertThat(figures.dropped()).isPositive();
    assertThat(figures.storedRows()).isEqualTo(stored.size());
    assertThat(figures.storedRequests()).isEqualTo(figures.aggregated());
    assertThat(figures.dropped() + figures.aggregated())
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

    assertOff(balance.close(), 0, events);
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
    long dropped = close().dropped();

    store(status -> true);

    assertOff(close(), 0, dropped);
  }

  @Test
  void aConditionThatDropsTooMuchIsNoticed() throws IOException {
    long all = close().aggregated();

    store(status -> status < 404);

    assertOff(close(), all - close().storedRequests(), 0);
  }

  @Test
  void aGoodEventAmongTheDeadLettersIsLost() throws IOException {
    int good = first(Kind.GOOD);
    topic.set(good, new Delivered(topic.get(good).bytes(), "late"));
    store(BalanceTest::counts);

    assertOff(close(), 1, 0);
  }

  @Test
  void anEventRefusedAsBrokenThatCanBeReadIsLost() {
    int late = first(Kind.LATE);
    topic.set(late, new Delivered(topic.get(late).bytes(), "broken"));

    assertOff(close(), 1, 0);
  }

  @Test
  void aLateEventThatIsCountedIsNotLost() throws IOException {
    int late = first(Kind.LATE);
    topic.set(late, new Delivered(topic.get(late).bytes(), null));
    store(BalanceTest::counts);

    assertThat(close().balances()).isTrue();
  }

  @Test
  void aDeadLetterThatIsCountedAsWellIsDoubled() {
    Delivered good = topic.get(first(Kind.GOOD));
    int at = topic.indexOf(good);
    topic.set(at, new Delivered(good.bytes(), "late"));

    assertOff(close(), 1, 1);
  }

  @Test
  void aBrokenEventWithoutADeadLetterIsLost() {
    int broken = first(Kind.BROKEN);
    topic.set(broken, new Delivered(topic.get(broken).bytes(), null));

    assertOff(close(), 1, 0);
  }

  @Test
  void deadLettersOfNoRecordAreTooMany() {
    Balance balance = balance();
    stored.forEach((group, times) -> balance.stored(group.start(), group.status(), times));

    balance.strayLetters(3);

    assertOff(balance.close(), 0, 3);
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
    topic.add(new Delivered(new EventMaker(GENERATOR).make(firstGoodBeyond()), null));
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
