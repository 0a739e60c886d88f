package io.weir.consensus.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.VersionId;

/** A version of one history as JSON. */
final class VersionIdJson {

  private VersionIdJson() {}

  static ObjectNode write(VersionId id) {
    return Json.object().put("version", id.version()).put("hash", id.hash());
  }

  static VersionId read(JsonNode object, String field) {
    if (!(object.path(field) instanceof ObjectNode id)) {
      throw Json.wrong(object, field, "an object with version and hash");
    }
    Json.checkFields(id, "version", "hash");
    return new VersionId(Json.number(id, "version"), Json.text(id, "hash"));
  }
}
