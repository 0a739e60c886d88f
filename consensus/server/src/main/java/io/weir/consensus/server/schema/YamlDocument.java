package io.weir.consensus.server.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.consensus.Limits;
import io.weir.consensus.StoreException.InvalidConfiguration;
import io.weir.consensus.StoreException.Violation;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML 1.2, of which JSON is a part, as a JSON value. */
public final class YamlDocument {

  /** Above what a store takes, which says more about a document that is too large. */
  private static final int MAX_CHARACTERS = 4 * Limits.DOCUMENT_BYTES;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setUseMarks(true).setCodePointLimit(MAX_CHARACTERS).build();

  private YamlDocument() {}

  /**
   * Reads a document.
   *
   * @param what names it in the refusal, such as "the document"
   * @throws InvalidConfiguration when it is not YAML, or YAML that no JSON value stands for: keys
   *     that are not strings or come twice, tags, infinite numbers, several documents
   */
  public static JsonNode parse(String what, String text) {
    YamlTree tree = new YamlTree();
    try {
      for (Event event : new Parse(SETTINGS).parseString(text)) {
        tree.add(event);
      }
      return tree.root();
    } catch (Unreadable e) {
      throw refusal(what, e.pointer(), e.explanation());
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().or(e::getContextMark).map(YamlDocument::place).orElse("");
      throw refusal(what, "", "not YAML: " + e.getProblem() + place);
    } catch (YamlEngineException e) {
      throw refusal(what, "", "not YAML: " + e.getMessage());
    }
  }

  private static String place(Mark mark) {
    return " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  static InvalidConfiguration refusal(String what, String pointer, String message) {
    return new InvalidConfiguration(
        what + " cannot be read", List.of(new Violation(pointer, "syntax", message)));
  }
}
