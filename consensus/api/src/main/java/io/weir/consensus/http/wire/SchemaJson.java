package io.weir.consensus.http.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** The registration of a schema as JSON; its job stands in the path. */
public final class SchemaJson {

  private static final String SCHEMA = "schema";
  private static final String REQUEST_ID = "request_id";

  private SchemaJson() {}

  public static ObjectNode write(String schema, String requestId) {
    return Json.object().put(SCHEMA, schema).put(REQUEST_ID, requestId);
  }

  /** The schema, of a request whose fields are known. */
  public static String schema(ObjectNode json) {
    Json.checkFields(json, SCHEMA, REQUEST_ID);
    return Json.text(json, SCHEMA);
  }

  /** The request's id; one of its own where the client has none and will not repeat it. */
  public static String requestId(ObjectNode json) {
    return Json.optionalText(json, REQUEST_ID).orElseGet(() -> UUID.randomUUID().toString());
  }
}
