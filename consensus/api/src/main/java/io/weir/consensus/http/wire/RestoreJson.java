package io.weir.consensus.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.Revision;
import io.weir.consensus.StoreException;
import io.weir.consensus.VersionId;
import java.util.Optional;

/** The restoration of a job as JSON; the job stands in the path. */
public final class RestoreJson {

  private static final String NEWEST = "newest";
  private static final String HERE = "here";

  private RestoreJson() {}

  /** How it begins. */
  public static ObjectNode write(VersionId newest) {
    ObjectNode json = Json.object();
    json.set(NEWEST, VersionIdJson.write(newest));
    return json;
  }

  public static VersionId read(ObjectNode json) {
    Json.checkFields(json, NEWEST);
    return VersionIdJson.read(json, NEWEST);
  }

  /** How far it has come. */
  public static ObjectNode writeProgress(Optional<Revision> here) {
    ObjectNode json = Json.object();
    json.set(HERE, here.<JsonNode>map(RevisionJson::write).orElse(NullNode.instance));
    return json;
  }

  public static Optional<Revision> readProgress(JsonNode json) {
    JsonNode here = json.path(HERE);
    return here.isObject() ? Optional.of(RevisionJson.read(here)) : Optional.empty();
  }

  /** A version of the job that the path names. */
  public static Revision readVersion(String job, ObjectNode json) {
    RevisionJson.checkFields(json);
    Revision revision = RevisionJson.read(json);
    if (!revision.job().equals(job)) {
      throw new StoreException.InvalidRequest(
          "a version of job '" + revision.job() + "' for job '" + job + "'");
    }
    return revision;
  }
}
