package io.weir.consensus.server.doctor;

import io.weir.consensus.StoreException;
import io.weir.consensus.http.HttpStore;
import io.weir.consensus.http.HttpStoreSettings;
import io.weir.consensus.server.node.ClientFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Looks at a cluster as a client does: each node, its certificate and clock; token; majority. */
public final class StoreDoctor {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** HTTP tells whole seconds. */
  private static final Duration APART = Duration.ofSeconds(3);

  private static final Duration FAR_APART = Duration.ofSeconds(30);

  private final Surroundings machine;
  private final Map<String, String> environment;
  private final Duration limit;
  private final Duration majorityLimit;

  public StoreDoctor(Surroundings machine, Map<String, String> environment) {
    this(machine, environment, LIMIT, HttpStoreSettings.DEFAULT_CALL_LIMIT);
  }

  /**
   * A doctor with limits of its own.
   *
   * @param limit for the answer of each node
   * @param majorityLimit for one of a majority, in which nodes may elect a leader
   */
  StoreDoctor(
      Surroundings machine,
      Map<String, String> environment,
      Duration limit,
      Duration majorityLimit) {
    this.machine = machine;
    this.environment = environment;
    this.limit = limit;
    this.majorityLimit = majorityLimit;
  }

  /**
   * Examines a cluster.
   *
   * @param file that says how it is reached
   */
  public List<Finding> examine(Path file) {
    List<Finding> findings = new ArrayList<>(new MachineChecks(machine).ofProcess());
    try {
      HttpStoreSettings settings = new ClientFile(file, environment).read();
      findings.add(Finding.ok("client file " + file, "can be used"));
      HttpClient client =
          HttpClient.newBuilder().sslContext(settings.tls()).connectTimeout(limit).build();
      settings.nodes().forEach(node -> findings.addAll(node(client, node)));
      findings.add(answer(settings));
    } catch (IllegalArgumentException e) {
      findings.add(
          Finding.fail("client file " + file, String.valueOf(e.getMessage()), "mend the file"));
    }
    return findings;
  }

  private List<Finding> node(HttpClient client, URI node) {
    String what = "node " + node;
    HttpRequest health = HttpRequest.newBuilder(node.resolve("/health")).build();
    try {
      // A request's own timeout ends with the headers; this one bounds the whole answer.
      HttpResponse<Void> response =
          client
              .sendAsync(health, BodyHandlers.discarding())
              .get(limit.toMillis(), TimeUnit.MILLISECONDS);
      List<Finding> findings = new ArrayList<>();
      findings.add(health(what, response.statusCode()));
      response.sslSession().flatMap(session -> certificate(what, session)).ifPresent(findings::add);
      findings.add(clock(what, response.headers().firstValue("Date")));
      return findings;
    } catch (ExecutionException e) {
      return List.of(Finding.warn(what, "does not answer: " + e.getCause(), advice(e.getCause())));
    } catch (TimeoutException e) {
      String says = "does not answer within " + limit.toMillis() + " ms";
      return List.of(Finding.warn(what, says, advice(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.fail(what, "interrupted", "try again"));
    }
  }

  private static Finding health(String what, int status) {
    return status == 200
        ? Finding.ok(what, "answers")
        : Finding.warn(what, "answers with status " + status, "is it a node, or something else?");
  }

  private static String advice(@Nullable Throwable e) {
    return e instanceof SSLException
        ? "authority must be the one that signed the nodes' certificates, and these must name the"
            + " host that stands in nodes"
        : "start it; if it runs, look for a firewall, and at the address";
  }

  private Optional<Finding> certificate(String what, SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate own
          ? Optional.of(new CertificateChecks(machine.now()).validity(what + " certificate", own))
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  /** Compares the clocks, by the header that every answer of HTTP may have. */
  Finding clock(String what, Optional<String> date) {
    Instant theirs = date.map(StoreDoctor::time).orElse(null);
    if (theirs == null) {
      return Finding.warn(
          what + " clock",
          "the node does not tell its time" + date.map(text -> ", but " + text).orElse(""),
          "compare it by hand");
    }
    Duration apart = Duration.between(theirs, machine.now()).abs();
    String says = "differs from this machine's by about " + apart.toSeconds() + " s";
    String advice = "keep both in step by NTP: delays are measured by both clocks";
    if (apart.compareTo(FAR_APART) > 0) {
      return Finding.fail(what + " clock", says, advice);
    }
    return apart.compareTo(APART) > 0
        ? Finding.warn(what + " clock", says, advice)
        : Finding.ok(what + " clock", "is in step with this machine's");
  }

  private static @Nullable Instant time(String date) {
    try {
      return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private Finding answer(HttpStoreSettings settings) {
    try (HttpStore store =
        new HttpStore(settings.withAttemptLimit(limit).withCallLimit(majorityLimit))) {
      int jobs = store.jobs().join().size();
      return Finding.ok("cluster", "a majority answers; it has " + jobs + " jobs");
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return cause instanceof StoreException.AccessDenied
          ? Finding.fail(
              "token", String.valueOf(cause.getMessage()), "use one that the nodes' tokens name")
          : Finding.fail(
              "cluster", "no majority answers: " + cause.getMessage(), "see the nodes above");
    }
  }
}
