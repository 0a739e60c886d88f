package io.weir.consensus.http.wire;

import static io.weir.consensus.http.wire.Json.number;
import static io.weir.consensus.http.wire.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.LedgerEntry;
import java.util.ArrayList;
import java.util.List;

/** Ledger entries as JSON; the job stands in the path. */
public final class LedgerJson {

  private static final String ENTRIES = "entries";

  private LedgerJson() {}

  public static ObjectNode write(LedgerEntry entry) {
    return Json.object()
        .put("flink_job_id", entry.flinkJobId())
        .put("checkpoint", entry.checkpoint())
        .put("version", entry.version())
        .put("hash", entry.hash())
        .put("time", entry.time().toString())
        .put("subtasks", entry.subtasks())
        .put("outcome", Names.of(entry.outcome()))
        .put("note", entry.note());
  }

  public static LedgerEntry readRequest(String job, ObjectNode json) {
    Json.checkFields(
        json,
        "flink_job_id",
        "checkpoint",
        "version",
        "hash",
        "time",
        "subtasks",
        "outcome",
        "note");
    return read(job, json);
  }

  static LedgerEntry read(String job, JsonNode json) {
    return new LedgerEntry(
        job,
        text(json, "flink_job_id"),
        number(json, "checkpoint"),
        number(json, "version"),
        Json.optionalText(json, "hash").orElse(""),
        Names.time(json, "time"),
        Json.smallNumber(json, "subtasks"),
        Names.read(LedgerEntry.Outcome.class, json, "outcome"),
        Json.optionalText(json, "note").orElse(""));
  }

  public static ObjectNode writeAll(String job, List<LedgerEntry> entries) {
    ObjectNode json = Json.object().put("job", job);
    ArrayNode array = json.putArray(ENTRIES);
    entries.forEach(entry -> array.add(write(entry)));
    return json;
  }

  public static List<LedgerEntry> readAll(String job, JsonNode json) {
    List<LedgerEntry> entries = new ArrayList<>();
    Json.array(json, ENTRIES).forEach(node -> entries.add(read(job, node)));
    return entries;
  }
}
