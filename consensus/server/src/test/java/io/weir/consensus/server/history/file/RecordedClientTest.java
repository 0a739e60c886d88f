package io.weir.consensus.server.history.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.consensus.Change;
import io.weir.consensus.ConfigurationStore;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.server.history.History;
import io.weir.consensus.server.history.Violation;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecordedClientTest {

  private static final int CLIENTS = 4;
  private static final int ROUNDS = 200;

  @TempDir private Path temp;

  private static ConfigurationStore memoryStore() {
    return RegisterStore.inMemory(DocumentCheck.none(), InstantSource.system(), Runnable::run);
  }

  /** A store of which one method does something else. */
  private static ConfigurationStore spoiled(String method, Answers answers) {
    ConfigurationStore store = memoryStore();
    return (ConfigurationStore)
        Proxy.newProxyInstance(
            ConfigurationStore.class.getClassLoader(),
            new Class<?>[] {ConfigurationStore.class},
            (proxy, called, arguments) ->
                called.getName().equals(method)
                    ? answers.answer(store, arguments[0])
                    : called.invoke(store, arguments));
  }

  private interface Answers {
    CompletableFuture<?> answer(ConfigurationStore store, Object argument);
  }

  private Path file() {
    return temp.resolve("history");
  }

  /** Several threads change two jobs, as fast as they can. */
  private History<?, ?, ?> recordedBusyClients(ConfigurationStore store) throws Exception {
    List<Thread> threads = new ArrayList<>();
    try (HistoryRecorder recorder = new HistoryRecorder(file())) {
      for (int i = 0; i < CLIENTS; i++) {
        RecordedClient client = new RecordedClient("client-" + i, store, recorder);
        Thread thread = new Thread(() -> use(client), "client-" + i);
        threads.add(thread);
        thread.start();
      }
      for (Thread each : threads) {
        each.join();
      }
    }
    return HistoryFile.read(file());
  }

  private static void use(RecordedClient client) {
    for (int round = 0; round < ROUNDS; round++) {
      String job = "job-" + round % 2;
      Optional<Revision> found =
          client.read(job).handle((revision, e) -> Optional.ofNullable(revision)).join();
      long version = found.map(Revision::version).orElse(0L);
      // What is deleted already is refused, and no operation.
      boolean there = found.isPresent() && !found.get().isTombstone();
      Change change =
          round % 10 == 0 && there
              ? new Change.Delete()
              : new Change.Set(Thread.currentThread().getName() + ": " + round);
      client.propose(Proposal.of(job, version, change, "a", "")).exceptionally(e -> null).join();
    }
  }

  @Test
  void whatBusyClientsSeeOfARealStoreIsLinearizable() throws Exception {
    History<?, ?, ?> history = recordedBusyClients(memoryStore());

    assertThat(history.violations(1_000)).isEmpty();
    assertThat(history.operations()).isEqualTo(2 * CLIENTS * ROUNDS);
    assertThat(history.registers()).containsOnlyKeys("job-0", "job-1");
    assertThat(Files.readString(file()))
        .contains("\"answer\":\"found\"", "\"answer\":\"agreed\"", "\"answer\":\"unknown-job\"");
  }

  @Test
  void aStoreThatShowsOldVersionsIsFoundOut() throws Exception {
    ConfigurationStore stale =
        spoiled(
            "read",
            (store, job) ->
                store
                    .history((String) job, 1, 1_000)
                    .thenApply(all -> all.get(Math.max(0, all.size() - 2))));

    List<Violation> found = recordedBusyClients(stale).violations(1_000);

    assertThat(found).extracting(Violation::register).containsExactly("job-0", "job-1");
  }

  private String recordedAnswer(StoreException failure) throws IOException {
    ConfigurationStore failing =
        spoiled("propose", (store, proposal) -> CompletableFuture.failedFuture(failure));
    Proposal proposal = Proposal.of("j", 0, new Change.Set("x"), "a", "");
    try (HistoryRecorder recorder = new HistoryRecorder(file())) {
      CompletableFuture<Revision> answer =
          new RecordedClient("c", failing, recorder).propose(proposal);
      assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCause(failure);
    }
    List<String> lines = Files.readAllLines(file());
    assertThat(lines).hasSize(3);
    return lines.get(2).replaceAll(".*\"answer\"", "");
  }

  @Test
  void tellsWhatNeverHappensFromWhatMayHappen() throws IOException {
    assertThat(recordedAnswer(new StoreException.VersionConflict("j", 0, 3)))
        .isEqualTo(":\"conflict\",\"actual\":3}");
    assertThat(recordedAnswer(new StoreException.Unavailable("no leader")))
        .isEqualTo(":\"failed\"}");
    assertThat(recordedAnswer(new StoreException.DocumentTooLarge(1, 1))).isEqualTo(":\"failed\"}");
    assertThat(recordedAnswer(new StoreException.OutcomeUnknown("no answer")))
        .isEqualTo(":\"unknown\"}");
  }

  @Test
  void aCallIsInTheFileBeforeItIsMade() throws IOException {
    List<String> seen = new ArrayList<>();
    ConfigurationStore looking =
        spoiled(
            "read",
            (store, job) -> {
              seen.addAll(lines());
              return new CompletableFuture<Revision>();
            });

    try (HistoryRecorder recorder = new HistoryRecorder(file())) {
      assertThat(new RecordedClient("c", looking, recorder).read("j")).isNotDone();
    }

    assertThat(seen).hasSize(2).last().asString().contains("\"job\":\"j\",\"call\":\"read\"");
    assertThat(lines()).isEqualTo(seen);
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
