package io.weir.consensus.http.wire;

import static io.weir.consensus.http.wire.Json.number;
import static io.weir.consensus.http.wire.Json.optionalText;
import static io.weir.consensus.http.wire.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.Change;
import io.weir.consensus.Revision;
import java.util.ArrayList;
import java.util.List;

/** Versions as JSON. */
public final class RevisionJson {

  private static final String REVISIONS = "revisions";
  private static final String ABANDONED = "abandoned";

  private RevisionJson() {}

  public static ObjectNode write(Revision revision) {
    ObjectNode json =
        Json.object()
            .put("job", revision.job())
            .put("version", revision.version())
            .put("kind", Names.of(revision.kind()))
            .put("time", revision.time().toString())
            .put("author", revision.author())
            .put("reason", revision.reason())
            .put("request_id", revision.requestId())
            .put("rolled_back_to", revision.rolledBackTo())
            .put("document_hash", revision.documentHash())
            .put("previous_hash", revision.previousHash())
            .put("hash", revision.hash())
            .put("document", revision.document());
    if (revision.abandoned() != null) {
      json.set(ABANDONED, VersionIdJson.write(revision.abandoned()));
    }
    return json;
  }

  /** Refuses what {@link #write} does not write. */
  static void checkFields(ObjectNode json) {
    Json.checkFields(
        json,
        "job",
        "version",
        "kind",
        "time",
        "author",
        "reason",
        "request_id",
        "rolled_back_to",
        "document_hash",
        "previous_hash",
        "hash",
        "document",
        ABANDONED);
  }

  public static Revision read(JsonNode json) {
    return new Revision(
        text(json, "job"),
        number(json, "version"),
        Names.read(Change.Kind.class, json, "kind"),
        Names.time(json, "time"),
        text(json, "author"),
        text(json, "reason"),
        text(json, "request_id"),
        number(json, "rolled_back_to"),
        json.has(ABANDONED) ? VersionIdJson.read(json, ABANDONED) : null,
        text(json, "document_hash"),
        text(json, "previous_hash"),
        text(json, "hash"),
        optionalText(json, "document").orElse(null));
  }

  public static ObjectNode writeAll(List<Revision> revisions) {
    ObjectNode json = Json.object();
    ArrayNode array = json.putArray(REVISIONS);
    revisions.forEach(revision -> array.add(write(revision)));
    return json;
  }

  public static List<Revision> readAll(JsonNode json) {
    List<Revision> revisions = new ArrayList<>();
    Json.array(json, REVISIONS).forEach(node -> revisions.add(read(node)));
    return revisions;
  }
}
