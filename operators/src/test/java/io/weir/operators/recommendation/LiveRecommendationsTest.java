package io.weir.operators.recommendation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.operators.epoch.ConfigurationType;
import io.weir.operators.epoch.EpochSettings;
import io.weir.operators.epoch.InvalidConfigurationException;
import io.weir.operators.epoch.SharedStore;
import io.weir.operators.epoch.TestCluster;
import io.weir.operators.epoch.operator.Epochs;
import io.weir.operators.epoch.stamp.StampFiles;
import io.weir.operators.epoch.verify.EpochCheck;
import io.weir.operators.epoch.verify.StampFolder;
import io.weir.operators.epoch.verify.Verdict;
import io.weir.operators.recommendation.message.Action;
import io.weir.operators.recommendation.message.Outcome;
import io.weir.operators.recommendation.ranking.Reason;
import io.weir.operators.recommendation.rules.Learning;
import io.weir.operators.recommendation.rules.Scoring;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The weights of scoring change while users are recommended. */
@Timeout(300)
class LiveRecommendationsTest {

  private static final long ENDLESS = 1_000_000_000;
  private static final int USERS = 40;
  private static final int ITEMS = 60;
  private static final int ENOUGH = 300;
  private static final Map<Long, Seen> SEEN = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  private final SharedStore store = new SharedStore();
  private TestCluster cluster;

  /** A document is the name of the only part of the score that counts. */
  private enum OnePart implements ConfigurationType<RecommendationRules> {
    INSTANCE;

    @Override
    public String schema() {
      return "{}";
    }

    @Override
    public RecommendationRules decode(String document) throws InvalidConfigurationException {
      double sequence = document.equals("sequence") ? 1 : 0;
      return new RecommendationRules(
          Map.of(),
          new Scoring(5, 1, false, 0, sequence, 1 - sequence, 0.5, 0.5, 100),
          Learning.EXACT.withHistory(30));
    }
  }

  @BeforeEach
  void start() throws Exception {
    SEEN.clear();
    cluster = TestCluster.start();
  }

  @AfterEach
  void stop() throws Exception {
    cluster.cancelAll();
    cluster.close();
    store.close();
  }

  @Test
  void scoresByTheOldWeightsBeforeTheBarrierAndByTheNewOnesBehindIt() throws Exception {
    store.set(0, "popularity");
    var running = cluster.run(this::define, 3, TestCluster.options());
    awaitOutcomes(1);

    store.set(1, "sequence");
    awaitOutcomes(2);
    running.checkpoint();
    running.cancel();

    assertThat(lists(1))
        .isNotEmpty()
        .allSatisfy(outcome -> assertThat(outcome.reasons()).containsOnly(Reason.POPULAR.code()));
    assertThat(lists(2))
        .allSatisfy(
            outcome -> {
              for (int place = 0; place < outcome.items().length; place++) {
                boolean next = outcome.reasons()[place] == Reason.NEXT.code();
                assertThat(next).isEqualTo(outcome.scores()[place] > 0);
              }
            })
        .anySatisfy(outcome -> assertThat(outcome.reasons()[0]).isEqualTo(Reason.NEXT.code()));
    Verdict verdict = EpochCheck.of(StampFolder.open(folder));
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.isAccepted()).isTrue();
    assertThat(verdict.versions()).isEqualTo(2);
  }

  private void define(StreamExecutionEnvironment env) {
    DataStream<Action> actions =
        env.fromSource(
                new NumberSequenceSource(0, ENDLESS), WatermarkStrategy.noWatermarks(), "numbers")
            .uid("numbers")
            .map(LiveRecommendationsTest::action, TypeInformation.of(Action.class))
            .uid("actions");
    Epochs epochs = Epochs.of(env, EpochSettings.following(SharedStore.JOB, store.provider()));
    Recommendations found =
        Recommendations.of(
            actions,
            new ModelOutput(6, false, 3, 0, false),
            Duration.ofDays(1),
            epochs,
            OnePart.INSTANCE,
            "live");
    found.outcomes().map(LiveRecommendationsTest::see).uid("see").sinkTo(new DiscardingSink<>());
    StampFiles.write(found.stamps(), new org.apache.flink.core.fs.Path(folder.toUri()), "stamps");
  }

  // A multiplicative hash: users and items follow each other in no order that matters.
  private static Action action(long number) {
    long mixed = (number * 0x9E3779B97F4A7C15L) >>> 20;
    return new Action(
        "user" + mixed % USERS, mixed / USERS % ITEMS, "", 1, number, "action" + number);
  }

  private static Outcome see(Outcome outcome) {
    SEEN.computeIfAbsent(outcome.version(), version -> new Seen()).add(outcome);
    return outcome;
  }

  /** The first and the last outcomes under a version: those next to the barriers. */
  private static final class Seen {
    private final List<Outcome> first = new ArrayList<>();
    private final Deque<Outcome> last = new ArrayDeque<>();

    private synchronized void add(Outcome outcome) {
      if (first.size() < ENOUGH) {
        first.add(outcome);
      } else {
        last.add(outcome);
      }
      if (last.size() > ENOUGH) {
        last.remove();
      }
    }

    private synchronized List<Outcome> all() {
      return Stream.concat(first.stream(), last.stream()).toList();
    }
  }

  private static List<Outcome> under(long version) {
    return SEEN.containsKey(version) ? SEEN.get(version).all() : List.of();
  }

  /** The first ones are empty: there is nothing to recommend yet. */
  private static List<Outcome> lists(long version) {
    return under(version).stream().filter(outcome -> outcome.items().length > 0).toList();
  }

  private static void awaitOutcomes(long version) {
    await().atMost(TestCluster.PATIENCE).until(() -> under(version).size() >= 2 * ENOUGH);
  }
}
