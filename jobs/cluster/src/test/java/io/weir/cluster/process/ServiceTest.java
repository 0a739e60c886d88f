package io.weir.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {

  /** A shell that acts on signals at once, and leaves nothing behind for long. */
  private static final String WAIT = "while :; do sleep 0.1; done";

  @TempDir private Path folder;
  private Roster roster;
  private Service service;

  @BeforeEach
  void prepare() throws IOException {
    roster = Roster.of(folder);
    service = new Service(roster, shell("one", "echo here; exec sleep 600"));
  }

  @AfterEach
  void endAll() throws IOException {
    roster.endAll();
  }

  private Program shell(String name, String script) {
    return new Program(name, List.of("sh", "-c", script), folder, Map.of());
  }

  @Test
  void isFoundAndEndedByWhoeverReadsTheFolder() throws IOException {
    service.start();

    Roster other = Roster.of(folder);
    assertThat(other.running()).extracting(Started::name).containsExactly("one");
    other.endAll();

    assertThat(service.isRunning()).isFalse();
    assertThat(Roster.of(folder).processes()).isEmpty();
  }

  @Test
  void doesNotEndAnotherProcessThatHasItsIdNow() throws IOException {
    service.start();
    Started mine = roster.processes().get(0);
    Started earlier = new Started("one", mine.pid(), mine.since().minus(Duration.ofHours(1)));

    Started.endAll(List.of(earlier));

    assertThat(earlier.running()).isEmpty();
    assertThat(mine.running()).isPresent();
  }

  @Test
  void whoIsToldToEndMaySayGoodbye() throws Exception {
    Service polite =
        new Service(roster, shell("two", "trap 'echo bye; exit' TERM; echo up; " + WAIT));
    polite.start();
    awaitOutput(polite, "up\n");

    roster.endAll();

    assertThat(polite.isRunning()).isFalse();
    assertThat(polite.output()).isEqualTo("up\nbye\n");
  }

  @Test
  void thoseThatDoNotGoAreKilledTogether() throws Exception {
    Service deaf = new Service(roster, shell("two", "trap '' TERM; echo up; " + WAIT));
    Service paused = new Service(roster, shell("three", "echo up; " + WAIT));
    for (Service each : List.of(deaf, paused)) {
      each.start();
      awaitOutput(each, "up\n");
    }
    paused.signal("STOP");

    Started.endAll(roster.processes(), Duration.ofMillis(500));

    assertThat(List.of(deaf, paused)).noneMatch(Service::isRunning);
  }

  @Test
  void nothingStartsOnceAllAreEnded() throws IOException {
    roster.endAll();

    assertThatThrownBy(service::start).hasMessage("one is not started, for all are being ended");
    assertThat(service.isRunning()).isFalse();
  }

  @Test
  void anInterruptedThreadStillEndsAll() throws IOException {
    service.start();

    Thread.currentThread().interrupt();
    roster.endAll();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(service.isRunning()).isFalse();
  }

  @Test
  void startsOnceAtATime() throws IOException {
    service.start();

    assertThatThrownBy(service::start).hasMessage("one is running");
  }

  @Test
  void livesAgainAfterBeingKilledAndKeepsWhatItSaid() throws Exception {
    service.start();
    awaitOutput("here\n");
    service.kill();
    assertThat(service.isRunning()).isFalse();

    service.start();

    awaitOutput("here\nhere\n");
    assertThat(service.isRunning()).isTrue();
  }

  private void awaitOutput(String text) throws IOException, InterruptedException {
    awaitOutput(service, text);
  }

  private static void awaitOutput(Service service, String text)
      throws IOException, InterruptedException {
    Patience.of(Duration.ofMinutes(1))
        .until("the output", () -> Optional.of(service.output().equals(text)));
  }

  @Test
  void standsStillWhilePaused() throws Exception {
    service.start();

    service.signal("STOP");
    awaitState("T");
    service.signal("CONT");
    awaitState("S");

    assertThat(service.isRunning()).isTrue();
  }

  /** The third field of proc(5)'s stat; the name before it has no blank here. */
  private void awaitState(String state) throws IOException, InterruptedException {
    Path stat = Path.of("/proc", String.valueOf(roster.processes().get(0).pid()), "stat");
    Patience.of(Duration.ofMinutes(1))
        .until(
            "state " + state,
            () -> Optional.of(Files.readString(stat).split(" ", -1)[2].equals(state)));
  }

  @Test
  void patienceEndsWhenAProcessThatIsNeededHasEnded() throws Exception {
    Service failing = new Service(roster, shell("two", "echo cannot; exit 3"));
    failing.start();
    Patience patience = new Patience(Duration.ofMinutes(1), List.of(failing));

    assertThatThrownBy(() -> patience.until("something", () -> Optional.of(false)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("two ended while waiting for: something")
        .hasMessageContaining("cannot");
  }

  @Test
  void aRosterThatCannotBeReadIsRefused() throws IOException {
    Files.writeString(folder.resolve("processes"), "one 12\n");

    assertThatThrownBy(() -> Roster.of(folder))
        .hasMessageContaining("holds no process but 'one 12'");
  }
}
