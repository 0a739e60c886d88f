package io.weir.consensus.server.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.LedgerJson;
import io.weir.consensus.server.runs.JobStatus;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** How a job stands, as a page for people and as JSON for programs. */
final class StatusPage {

  private static final int SHOWN = 10;

  private final JobStatus status;
  private final Revision newest;

  StatusPage(JobStatus status) {
    this.status = status;
    this.newest = status.newest();
  }

  void print(PrintWriter out) {
    line(out, "job", newest.job());
    line(out, "newest", newest());
    line(out, "in force", inForce());
    line(out, "state", state());
    switches(out);
    complaints(out, "refusals", status.refusals());
    complaints(out, "not followed", status.notFollowed());
  }

  private static void line(PrintWriter out, String name, String text) {
    out.println("%-10s%s".formatted(name, Table.oneLine(text)));
  }

  private String newest() {
    return "version %d, %s by %s, %s%s"
        .formatted(
            newest.version(),
            change(),
            newest.author(),
            time(newest.time()),
            newest.reason().isEmpty() ? "" : ": " + newest.reason());
  }

  private String change() {
    return switch (newest.kind()) {
      case SET -> "set";
      case ROLLBACK -> "rolled back to " + newest.rolledBackTo();
      case DELETE -> "deleted";
      case ADOPT -> "adopted";
    };
  }

  // A store that was set back has lost the entry of what is in force.
  private String inForce() {
    return status.apart().isPresent() ? "unknown here; last noted: " + noted() : noted();
  }

  private String noted() {
    return status
        .inForce()
        .map(
            entry ->
                "version %d on all %d subtasks since checkpoint %d, %s%s"
                    .formatted(
                        entry.version(),
                        entry.subtasks(),
                        entry.checkpoint(),
                        time(entry.time()),
                        status
                            .delay()
                            .map(delay -> ", " + delay.toMillis() + " ms after it was agreed")
                            .orElse("")))
        .orElse("none: no run has said that a version came into force");
  }

  private String state() {
    long version = newest.version();
    return switch (status.state()) {
      case IN_FORCE -> "the newest version is in force";
      case WAITING ->
          "version "
              + version
              + " is not in force yet: it comes with a checkpoint of a running job";
      case REFUSED -> "version " + version + " was refused: " + status.why();
      case DELETED -> "deleted: a running job stays on the version that it has";
      case NOT_FOLLOWED ->
          "NOT FOLLOWED: the job holds %s, and %s; see: weir config adopt --help"
              .formatted(held(), status.why());
      case ADOPTED -> "adopted: the job gives up " + held() + " at its next checkpoint";
    };
  }

  private String held() {
    // With its hash: what is not followed may have the number of another version.
    return status.apart().map(entry -> entry.id().toString()).orElse("");
  }

  private void switches(PrintWriter out) {
    List<LedgerEntry> all = status.switches();
    Table table = new Table("time", "version", "checkpoint", "subtasks", "run");
    for (LedgerEntry each : newest(all)) {
      table.add(
          time(each.time()), each.version(), each.checkpoint(), each.subtasks(), each.flinkJobId());
    }
    section(out, "switches", all.size(), table);
  }

  private void complaints(PrintWriter out, String name, List<LedgerEntry> all) {
    Table table = new Table("time", "version", "run", "why");
    for (LedgerEntry each : newest(all)) {
      table.add(time(each.time()), each.version(), each.flinkJobId(), each.note());
    }
    section(out, name, all.size(), table);
  }

  private static List<LedgerEntry> newest(List<LedgerEntry> all) {
    return all.subList(Math.max(0, all.size() - SHOWN), all.size());
  }

  private void section(PrintWriter out, String name, int size, Table table) {
    if (size == 0) {
      return;
    }
    out.println();
    out.println(
        size <= SHOWN
            ? name + ", newest last"
            : "%s, the last %d of %d; all: weir config ledger %s"
                .formatted(name, SHOWN, size, newest.job()));
    table.print(out);
  }

  private static Instant time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("job", newest.job())
            .put("newest", newest.version())
            .put("kind", newest.kind().name().toLowerCase(Locale.ROOT))
            .put("time", newest.time().toString())
            .put("author", newest.author())
            .put("reason", newest.reason())
            .put("state", status.state().word())
            .put("why", status.why());
    status
        .inForce()
        .ifPresent(
            entry ->
                json.put("in_force", entry.version())
                    .put("checkpoint", entry.checkpoint())
                    .put("subtasks", entry.subtasks())
                    .put("since", entry.time().toString())
                    .put("flink_job_id", entry.flinkJobId()));
    status
        .apart()
        .ifPresent(
            entry ->
                json.putObject("held").put("version", entry.version()).put("hash", entry.hash()));
    status.delay().ifPresent(delay -> json.put("delay_ms", delay.toMillis()));
    add(json.putArray("switches"), status.switches());
    add(json.putArray("refusals"), status.refusals());
    add(json.putArray("not_followed"), status.notFollowed());
    return json;
  }

  private static void add(ArrayNode array, List<LedgerEntry> entries) {
    entries.forEach(entry -> array.add(LedgerJson.write(entry)));
  }
}
