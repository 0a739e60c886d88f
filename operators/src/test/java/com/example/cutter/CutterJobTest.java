package com.example.cutter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.example.cutter.CutterJob.Event;
import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.store.DocumentCheck;
import io.weir.consensus.store.RegisterStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CutterJobTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int SIZES = 30;
  private static final Queue<Event> PASSED = new ConcurrentLinkedQueue<>();
  private static volatile RegisterStore store = open(Runnable::run);

  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  private static RegisterStore open(Executor executor) {
    return RegisterStore.inMemory(DocumentCheck.none(), InstantSource.system(), executor);
  }

  @BeforeEach
  void openStore() {
    store = open(executor);
  }

  // The job has closed its store.
  @AfterEach
  void end() {
    executor.shutdown();
  }

  @Test
  void followsItsLimitWhileItRuns() throws Exception {
    propose(0, "maxBytes: 9");
    JobClient job = start();
    await().atMost(PATIENCE).until(() -> !PASSED.isEmpty());
    propose(1, "maxBytes: 19");
    await().atMost(PATIENCE).until(() -> PASSED.stream().anyMatch(event -> event.bytes() > 9));
    // The job's cluster ends with it, so nothing can be asked then.
    CompletableFuture<?> end = job.getJobExecutionResult();
    job.cancel().get();
    await().atMost(PATIENCE).until(end::isDone);

    List<Event> passed = List.copyOf(PASSED);
    long last = passed.get(passed.size() - 1).number();
    long first =
        passed.stream()
            .filter(event -> event.bytes() > 9)
            .mapToLong(Event::number)
            .findFirst()
            .orElseThrow();
    // One moment for all: in front of it one limit held, behind it the other.
    assertThat(passed.stream().map(Event::number))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(0, last)
                .filter(number -> number % SIZES <= (number < first ? 9 : 19))
                .boxed()
                .toList());
  }

  private static void propose(long expected, String document) {
    store.propose(Proposal.of("cutter", expected, new Change.Set(document), "test", "")).join();
  }

  private static JobClient start() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration()
                .set(PipelineOptions.GENERIC_TYPES, false)
                .set(RestOptions.BIND_PORT, "0")
                .set(RestOptions.BIND_ADDRESS, "127.0.0.1"));
    env.setParallelism(1);
    env.enableCheckpointing(100);
    var events =
        env.fromSequence(0, Long.MAX_VALUE)
            .map(
                number -> {
                  TimeUnit.MILLISECONDS.sleep(1);
                  return new Event(number, number % SIZES);
                })
            .returns(Event.class);
    CutterJob.define(events, () -> store).sinkTo(new Passed());
    return env.executeAsync("cutter");
  }

  private static final class Passed implements Sink<Event> {
    private static final long serialVersionUID = 1;

    @Override
    public SinkWriter<Event> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(Event event, Context ignored) {
          PASSED.add(event);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
