package io.weir.consensus.http.wire;

import static io.weir.consensus.http.wire.Json.number;
import static io.weir.consensus.http.wire.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.log.LogStatus;
import java.util.ArrayList;
import java.util.List;

/** A node's view of its cluster as JSON. */
public final class StatusJson {

  private StatusJson() {}

  public static ObjectNode write(LogStatus status) {
    ObjectNode json =
        Json.object()
            .put("node", status.node())
            .put("role", status.role())
            .put("leader", status.leader())
            .put("term", status.term())
            .put("committed", status.committed())
            .put("applied", status.applied());
    ArrayNode members = json.putArray("members");
    status.members().forEach(members::add);
    return json;
  }

  public static LogStatus read(JsonNode json) {
    List<String> members = new ArrayList<>();
    Json.array(json, "members").forEach(member -> members.add(member.asText()));
    return new LogStatus(
        text(json, "node"),
        text(json, "role"),
        Json.optionalText(json, "leader").orElse(null),
        number(json, "term"),
        number(json, "committed"),
        number(json, "applied"),
        members);
  }
}
