package io.weir.consensus.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.LedgerEntry;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException.InvalidRequest;
import io.weir.consensus.http.NodeStatus;
import io.weir.consensus.http.wire.Json;
import io.weir.consensus.http.wire.LedgerJson;
import io.weir.consensus.http.wire.RevisionJson;
import io.weir.consensus.log.LogStatus;
import io.weir.consensus.server.runs.JobStatus;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints what the store answered: for people, or as JSON or YAML for programs. */
final class Printer {

  private static final int HASH_SHOWN = 12;

  private final PrintWriter out;
  private final Optional<Output.Form> form;
  private boolean watching;

  Printer(PrintWriter out, Optional<Output.Form> form) {
    this.out = out;
    this.form = form;
  }

  /** The document alone, as it was written, unless a form is wanted. */
  void document(Revision revision) {
    if (form.isPresent()) {
      print(RevisionJson.write(revision), table(List.of(revision)));
    } else if (revision.isTombstone()) {
      throw new InvalidRequest(
          "job '" + revision.job() + "' is deleted, by version " + revision.version());
    } else {
      String text =
          revision
              .content()
              .orElseThrow(
                  () ->
                      new InvalidRequest(
                          "the content of version " + revision.version() + " is gone"));
      out.print(text);
      if (!text.endsWith("\n")) {
        out.println();
      }
    }
  }

  void changed(Revision revision) {
    if (form.isPresent()) {
      print(RevisionJson.write(revision), table(List.of(revision)));
    } else {
      out.println(revision.job() + " is at version " + revision.version());
    }
  }

  void adopted(Revision revision) {
    if (form.isPresent()) {
      changed(revision);
    } else {
      out.println(
          "%s is at version %d; runs that hold %s go on with it at their next checkpoint"
              .formatted(revision.job(), revision.version(), revision.abandoned()));
    }
  }

  void wouldBecome(String job, long version) {
    text(
        Json.object().put("job", job).put("would_become", version),
        "would become version " + version + System.lineSeparator());
  }

  void diff(String job, long from, long to, String diff) {
    text(Json.object().put("job", job).put("from", from).put("to", to).put("diff", diff), diff);
  }

  void schema(String job, String schema) {
    text(
        Json.object().put("job", job).put("schema", schema),
        schema.endsWith("\n") ? schema : schema + System.lineSeparator());
  }

  /** What is a text for people, whatever a table would be. */
  private void text(ObjectNode json, String text) {
    if (form.orElse(Output.Form.TABLE) == Output.Form.TABLE) {
      out.print(text);
      out.flush();
    } else {
      print(json, new Table());
    }
  }

  /**
   * The next version of a watch: one object, a YAML document of its own, or one line under names
   * that are printed once.
   */
  void watched(Revision revision) {
    if (form.equals(Optional.of(Output.Form.YAML))) {
      out.println("---");
    }
    Table table = table(List.of(revision));
    print(RevisionJson.write(revision), watching ? table.withoutNames() : table);
    watching = true;
  }

  void history(List<Revision> revisions) {
    print(RevisionJson.writeAll(revisions), table(revisions));
  }

  private static Table table(List<Revision> revisions) {
    Table table = new Table("version", "time", "change", "author", "hash", "reason");
    for (Revision each : revisions) {
      table.add(
          each.version(),
          each.time(),
          each.kind().name().toLowerCase(Locale.ROOT)
              + (each.rolledBackTo() > 0 ? " to " + each.rolledBackTo() : "")
              + (each.abandoned() != null ? " for " + each.abandoned() : ""),
          each.author(),
          each.hash().substring(0, Math.min(HASH_SHOWN, each.hash().length())),
          each.reason());
    }
    return table;
  }

  void ledger(String job, List<LedgerEntry> entries) {
    Table table = new Table("time", "version", "outcome", "checkpoint", "run", "subtasks", "note");
    for (LedgerEntry each : entries) {
      table.add(
          each.time(),
          each.version(),
          each.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          each.checkpoint(),
          each.flinkJobId(),
          each.subtasks(),
          each.note());
    }
    print(LedgerJson.writeAll(job, entries), table);
  }

  void jobs(List<String> jobs) {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("jobs");
    Table table = new Table("job");
    for (String job : jobs) {
      array.add(job);
      table.add(job);
    }
    print(json, table);
  }

  /** How a job stands: a page for people. */
  void status(JobStatus status) {
    StatusPage page = new StatusPage(status);
    if (form.orElse(Output.Form.TABLE) == Output.Form.TABLE) {
      page.print(out);
      out.flush();
    } else {
      print(page.json(), new Table());
    }
  }

  void status(List<NodeStatus> nodes) {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray("nodes");
    Table table =
        new Table("address", "node", "role", "leader", "term", "committed", "applied", "problem");
    for (NodeStatus each : nodes) {
      ObjectNode row = array.addObject().put("address", each.node().toString());
      LogStatus status = each.status();
      if (status == null) {
        row.put("problem", each.problem());
        table.add(each.node(), "", "", "", "", "", "", String.valueOf(each.problem()));
      } else {
        row.put("node", status.node())
            .put("role", status.role())
            .put("leader", status.leader())
            .put("term", status.term())
            .put("committed", status.committed())
            .put("applied", status.applied());
        table.add(
            each.node(),
            status.node(),
            status.role(),
            Optional.ofNullable(status.leader()).orElse("none"),
            status.term(),
            status.committed(),
            status.applied(),
            "");
      }
    }
    print(json, table);
  }

  private void print(JsonNode json, Table table) {
    switch (form.orElse(Output.Form.TABLE)) {
      case JSON -> out.println(new String(Json.write(json), StandardCharsets.UTF_8));
      case YAML -> YamlText.print(json, out);
      case TABLE -> table.print(out);
    }
    out.flush();
  }
}
