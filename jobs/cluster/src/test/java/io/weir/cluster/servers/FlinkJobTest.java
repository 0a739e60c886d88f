package io.weir.cluster.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weir.cluster.process.Patience;
import io.weir.jobs.rest.JobManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkJobTest {

  private static final Patience PATIENCE = Patience.of(Duration.ofMinutes(1));

  @TempDir private Path folder;

  private final AtomicInteger starts = new AtomicInteger();
  private HttpServer server;
  private JobManager jobManager;
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    jobManager = new JobManager(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    jar = Files.writeString(folder.resolve("a.jar"), "a");
    server.createContext("/jars/upload", to -> answer(to, 200, "{'filename': '/x/1_a.jar'}"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void aJobStartsOnceThoughTheAnswerToItsStartIsLost() throws Exception {
    server.createContext(
        "/jars/1_a.jar/run",
        to -> {
          starts.incrementAndGet();
          to.close();
        });
    server.createContext("/jobs/", to -> answer(to, starts.get() == 0 ? 404 : 200, "{}"));

    FlinkJob job = FlinkJob.submit(jobManager, jar, List.of("analytics"), PATIENCE);

    assertThat(job.id()).matches("[0-9a-f]{32}");
    assertThat(starts).hasValue(1);
  }

  @Test
  void aJobThatIsRefusedIsAnsweredWithTheReason() {
    server.createContext("/jars/1_a.jar/run", to -> answer(to, 400, "{'errors': ['no such key']}"));
    server.createContext("/jobs/", to -> answer(to, 404, "{}"));

    assertThatThrownBy(
            () -> FlinkJob.submit(jobManager, jar, List.of(), Patience.of(Duration.ofMillis(1))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the start of a job took longer")
        .hasMessageContaining("no such key");
  }

  @Test
  void aJobRunsWhenAllOfItsSubtasksDo() throws Exception {
    server.createContext(
        "/jobs/a",
        to ->
            answer(
                to,
                200,
                "{'state': 'RUNNING', 'end-time': -1, 'vertices': ["
                    + "{'parallelism': 2, 'tasks': {'RUNNING': 2}},"
                    + "{'parallelism': 2, 'tasks': {'RUNNING': 1, 'DEPLOYING': 1}}]}"));

    FlinkJob job = new FlinkJob(jobManager, "a");

    assertThat(job.isRunning()).isFalse();
    assertThat(job.end()).isEmpty();
  }
}
