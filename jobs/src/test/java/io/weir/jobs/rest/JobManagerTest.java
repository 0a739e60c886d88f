package io.weir.jobs.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobManagerTest {

  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private URI answering(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Of a server that has gone away. */
  private URI silent() throws IOException {
    URI address = answering(200, "{}");
    servers.remove(servers.size() - 1).stop(0);
    return address;
  }

  @Test
  void passesOverThoseThatAreGoneOrHaveNoLeader() throws Exception {
    JobManager several =
        new JobManager(
            List.of(silent(), answering(503, "{}"), answering(200, "{\"slots-total\": 4}")));

    assertThat(several.get("/overview").number("slots-total")).isEqualTo(4);
    assertThat(several.post("/jars/a/run", Map.of()).isOk()).isTrue();
  }

  @Test
  void anAnswerThatSaysNoIsAnAnswer() throws Exception {
    String refusal = "{\"errors\": [\"Internal\", \"java.lang.Exception: no such job\"]}";
    JobManager several = new JobManager(List.of(answering(404, refusal), answering(200, "{}")));

    Answer answer = several.get("/jobs/a");

    assertThat(answer.isUnknown()).isTrue();
    assertThat(answer.error()).isEqualTo("java.lang.Exception: no such job");
  }

  @Test
  void showsTheFirstLineOfWhatIsNoJson() throws Exception {
    URI other = answering(200, "<html>\n<body>");

    assertThatThrownBy(() -> new JobManager(other).get("/overview"))
        .isInstanceOf(IOException.class)
        .hasMessage("GET " + other + "/overview: no JSON but <html>");
  }

  @Test
  void saysWhoWasAskedWhatWhenNobodyAnswers() throws Exception {
    URI last = answering(503, "{}");
    JobManager several = new JobManager(List.of(silent(), last));

    assertThatThrownBy(() -> several.get("/overview"))
        .isInstanceOf(IOException.class)
        .hasMessage("GET " + last + "/overview: it has no leader at the moment");
  }

  @Test
  void answersAreReadToAnyDepth() throws Exception {
    String json = "{\"jobs\": [{\"id\": \"a\", \"tasks\": {\"RUNNING\": 2}}, {\"id\": \"b\"}]}";

    List<Answer> jobs = new JobManager(answering(200, json)).get("/jobs").objects("jobs");

    assertThat(jobs).extracting(job -> job.text("id")).containsExactly("a", "b");
    assertThat(jobs).extracting(job -> job.number("tasks", "RUNNING")).containsExactly(2L, 0L);
    assertThat(jobs.get(0).objects("none")).isEmpty();
  }

  @Test
  void anAnswerMayBeAnArray() throws Exception {
    String json = "[{\"id\": \"a\", \"sum\": 3}, {\"id\": \"b\"}]";

    List<Answer> metrics = new JobManager(answering(200, json)).require("/metrics").objects();

    assertThat(metrics).extracting(metric -> metric.number("sum")).containsExactly(3L, 0L);
  }

  @Test
  void whatMustBeThereIsNoAnswerIfItIsNot() throws Exception {
    JobManager asked = new JobManager(answering(404, "{\"errors\": [\"no such job\"]}"));

    assertThatThrownBy(() -> asked.require("/jobs/a"))
        .isInstanceOf(IOException.class)
        .hasMessage("/jobs/a: no such job");
  }
}
