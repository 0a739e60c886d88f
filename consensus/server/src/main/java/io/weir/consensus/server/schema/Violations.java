package io.weir.consensus.server.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import io.weir.consensus.StoreException.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A validator's findings in the words of the store's contract, at most {@value #MOST}. */
final class Violations {

  private static final int MOST = 20;
  private static final int VALUE_CHARACTERS = 80;
  private static final int MESSAGE_CHARACTERS = 400;

  private Violations() {}

  static List<Violation> of(List<Error> errors) {
    List<Violation> violations =
        new ArrayList<>(
            errors.stream()
                .map(Violations::of)
                .distinct()
                .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::rule))
                .limit(MOST)
                .toList());
    if (errors.size() > MOST) {
      violations.add(new Violation("", "more", "and " + (errors.size() - MOST) + " more"));
    }
    return violations;
  }

  private static Violation of(Error error) {
    String message =
        found(error.getInstanceNode()) + shorten(error.getMessage(), MESSAGE_CHARACTERS);
    return new Violation(error.getInstanceLocation().toString(), keyword(error), message);
  }

  /** The schema {@code false} has no keyword. */
  private static String keyword(Error error) {
    return error.getKeyword() == null ? "false" : error.getKeyword();
  }

  private static String found(@Nullable JsonNode value) {
    return value == null || value.isContainerNode()
        ? ""
        : "found " + shorten(value.toString(), VALUE_CHARACTERS) + "; ";
  }

  private static String shorten(String text, int characters) {
    return text.length() <= characters ? text : text.substring(0, characters) + "...";
  }
}
