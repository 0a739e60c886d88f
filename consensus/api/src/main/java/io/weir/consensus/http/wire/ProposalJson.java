package io.weir.consensus.http.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.consensus.Change;
import io.weir.consensus.Proposal;
import io.weir.consensus.Revision;
import java.util.Optional;
import java.util.UUID;

/**
 * Proposals as JSON. The job stands in the path, and method and path say what kind of change it is;
 * a deletion has its fields in the query, because not every HTTP library sends a body with it.
 */
public final class ProposalJson {

  public static final String EXPECTED = "expected";
  private static final String AUTHOR = "author";
  private static final String REASON = "reason";
  private static final String REQUEST_ID = "request_id";
  private static final String DOCUMENT = "document";
  private static final String TO = "to";
  private static final String ABANDONED = "abandoned";
  private static final String CHANGE = "change";
  private static final String CURRENT = "current";

  private ProposalJson() {}

  public static ObjectNode write(Proposal proposal) {
    ObjectNode json =
        Json.object()
            .put(EXPECTED, proposal.expectedVersion())
            .put(AUTHOR, proposal.author())
            .put(REASON, proposal.reason())
            .put(REQUEST_ID, proposal.requestId());
    if (proposal.change() instanceof Change.Set set) {
      json.put(DOCUMENT, set.document());
    } else if (proposal.change() instanceof Change.Rollback rollback) {
      json.put(TO, rollback.version());
    } else if (proposal.change() instanceof Change.Adopt adopt) {
      json.set(ABANDONED, VersionIdJson.write(adopt.abandoned()));
    }
    return json;
  }

  /** For a check, which has one path for all kinds of changes. */
  public static ObjectNode writeCheck(Proposal proposal) {
    return write(proposal).put(CHANGE, Names.of(proposal.change().kind()));
  }

  /** The change of a check. */
  public static Change checked(ObjectNode json) {
    Change.Kind kind = Names.read(Change.Kind.class, json, CHANGE);
    json.remove(CHANGE);
    return switch (kind) {
      case SET -> set(json);
      case ROLLBACK -> rollback(json);
      case DELETE -> delete(json);
      case ADOPT -> adopt(json);
    };
  }

  /** The change of a {@code PUT}. */
  public static Change set(ObjectNode json) {
    Json.checkFields(json, DOCUMENT, EXPECTED, AUTHOR, REASON, REQUEST_ID);
    return new Change.Set(Json.text(json, DOCUMENT));
  }

  /** The change of a rollback. */
  public static Change rollback(ObjectNode json) {
    Json.checkFields(json, TO, EXPECTED, AUTHOR, REASON, REQUEST_ID);
    return new Change.Rollback(Json.number(json, TO));
  }

  /** The change of an adoption. */
  public static Change adopt(ObjectNode json) {
    Json.checkFields(json, ABANDONED, EXPECTED, AUTHOR, REASON, REQUEST_ID);
    return new Change.Adopt(VersionIdJson.read(json, ABANDONED));
  }

  /** The change of a {@code DELETE}. */
  public static Change delete(ObjectNode json) {
    Json.checkFields(json, EXPECTED, AUTHOR, REASON, REQUEST_ID);
    return new Change.Delete();
  }

  /**
   * The proposal of a request.
   *
   * @param token the name of the token that it came with: the author, whoever the client says
   */
  public static Proposal read(String job, Change change, ObjectNode json, String token) {
    return new Proposal(
        job,
        Json.number(json, EXPECTED),
        change,
        author(token, Json.optionalText(json, AUTHOR).orElse("")),
        Json.optionalText(json, REASON).orElse(""),
        Json.optionalText(json, REQUEST_ID).orElseGet(() -> UUID.randomUUID().toString()));
  }

  private static String author(String token, String text) {
    return text.isBlank() || text.equals(token) ? token : token + " (" + text + ")";
  }

  /** What a check answers. */
  public static ObjectNode writeCurrent(Optional<Revision> current) {
    ObjectNode json = Json.object();
    json.set(CURRENT, current.<JsonNode>map(RevisionJson::write).orElse(NullNode.instance));
    return json;
  }

  public static Optional<Revision> readCurrent(JsonNode json) {
    JsonNode current = json.path(CURRENT);
    return current.isObject() ? Optional.of(RevisionJson.read(current)) : Optional.empty();
  }
}
