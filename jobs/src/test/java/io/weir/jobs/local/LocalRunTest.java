package io.weir.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LocalRunTest {

  private final Configuration profile = LocalCluster.profile(Path.of("..", "flink-conf", "local"));

  private final List<String> notes = new CopyOnWriteArrayList<>();

  private static final class Lines implements StatusLine {

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    public void show(String text) {
      shown.add(text);
    }

    @Override
    public void say(String text) {
      said.add(text);
    }

    @Override
    public void clear() {
      shown.add("");
    }
  }

  @Test
  void showsTheProgressOfAJobUntilItHasFinished() throws Exception {
    Lines lines = new Lines();

    new LocalRun(profile, lines, lines::say).run("tiny", env -> TinyJob.define(env, 400, 100, -1));

    assertThat(lines.said).singleElement().asString().matches("web UI: http://127.0.0.1:\\d+");
    assertThat(lines.shown)
        .anySatisfy(
            line -> assertThat(line).matches("tiny: \\d+ records, \\d+/s, 30 % done, 0:0\\d"))
        .last()
        .isEqualTo("");
  }

  @Test
  void aFailingJobIsNamedWithItsRootCause() {
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    LocalRun run = new LocalRun(profile, null, notes::add);

    assertThatThrownBy(() -> run.run("tiny", env -> TinyJob.define(env, 10, 1000, 5)))
        .isInstanceOf(JobFailedException.class)
        .hasMessage("tiny failed: java.lang.IllegalStateException: number 5 is unlucky");
    assertThat(notes).isEmpty();
  }

  @Test
  void aRestartIsToldWithItsCauseAlsoWithoutATerminal() throws Exception {
    profile.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    profile.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
    LocalRun run = new LocalRun(profile, null, notes::add);
    FutureTask<Void> running =
        new FutureTask<>(
            () -> {
              run.run("tiny", env -> TinyJob.defineUnluckyOnce(env, 5));
              return null;
            });
    Thread thread = new Thread(running);
    thread.start();

    await().atMost(Duration.ofMinutes(2)).until(() -> running.isDone() || !notes.isEmpty());
    thread.interrupt();

    assertThatThrownBy(running::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(notes)
        .containsExactly(
            "tiny: restart 1 after java.lang.IllegalStateException: number 5 is unlucky");
  }

  @Test
  void aRestartIsToldWithTheRootOfItsCausesInOneLine() {
    assertThat(
            JobRestarts.cause("a.A: one\n\tat x\nCaused by: b.B: two\n\tat y\nCaused by: c.C: 3\n"))
        .isEqualTo("c.C: 3");
    assertThat(JobRestarts.cause("a.A: one\n\tat x")).isEqualTo("a.A: one");
    assertThat(JobRestarts.cause("")).isEqualTo("an unknown failure");
  }

  @Test
  void aJobWhoseGraphCannotBeBuiltIsNamedWithItsRootCause() {
    LocalRun run = new LocalRun(profile, null, notes::add);

    assertThatThrownBy(() -> run.run("empty", env -> {}))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("No operators defined");
  }

  @Test
  void progressTellsTheShareOnlyWhereTheTotalIsKnown() {
    SourceWork endless = new SourceWork(1_234_567, 0, 0);
    SourceWork bounded = new SourceWork(7, 50, 200);

    assertThat(JobProgress.text("a", endless, 81_233.4, Duration.ofSeconds(75)))
        .isEqualTo("a: 1,234,567 records, 81,233/s, 1:15");
    assertThat(JobProgress.text("a", bounded, 0, Duration.ofMinutes(61)))
        .isEqualTo("a: 7 records, 0/s, 25 % done, 61:00");
    assertThat(new SourceWork(1, 300, 200).share()).hasValue(1.0);
  }
}
