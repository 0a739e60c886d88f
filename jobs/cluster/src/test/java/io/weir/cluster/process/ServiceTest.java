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

    earlier.end();

    assertThat(earlier.running()).isEmpty();
    assertThat(mine.running()).isPresent();
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
