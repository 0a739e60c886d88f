package io.weir.consensus.server.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.JsonScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** Scalars by the JSON schema of YAML 1.2 (10.2); what it does not know is a string. */
final class YamlScalar {

  private static final ScalarResolver RESOLVER = new JsonScalarResolver();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> STRING_TAGS = Set.of("!", Tag.STR.getValue());

  /** Far beyond what a double holds exactly; arithmetic on longer ones costs too much. */
  private static final int MAX_DIGITS = 100;

  private static final Pattern ZERO = Pattern.compile("-?[0.]+([eE].*)?");

  private YamlScalar() {}

  static JsonNode read(ScalarEvent scalar, String pointer) {
    Tag tag = tag(scalar, pointer);
    String text = scalar.getValue();
    if (tag.equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return NODES.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(tag, text, pointer);
    }
    return NODES.textNode(text);
  }

  private static Tag tag(ScalarEvent scalar, String pointer) {
    if (scalar.getTag().isEmpty()) {
      return scalar.isPlain() ? RESOLVER.resolve(scalar.getValue(), true) : Tag.STR;
    }
    String tag = scalar.getTag().get();
    if (!STRING_TAGS.contains(tag)) {
      throw new Unreadable(pointer, "the tag " + tag + " is not allowed");
    }
    return Tag.STR;
  }

  private static JsonNode number(Tag tag, String text, String pointer) {
    if (text.length() > MAX_DIGITS) {
      throw new Unreadable(
          pointer, "a number of " + text.length() + " digits; at most " + MAX_DIGITS);
    }
    if (tag.equals(Tag.INT)) {
      return integer(new BigInteger(text));
    }
    return decimal(text, pointer);
  }

  private static JsonNode decimal(String text, String pointer) {
    // The names .inf and .nan; and exponents on which exact arithmetic would hardly end.
    double rounded =
        text.endsWith("n") || text.endsWith("f") ? Double.NaN : Double.parseDouble(text);
    boolean isZero = rounded == 0 && ZERO.matcher(text).matches();
    if (isZero) {
      return NODES.numberNode(BigDecimal.ZERO);
    }
    if (!Double.isFinite(rounded) || rounded == 0) {
      throw new Unreadable(pointer, text + " is no number of JSON, or too large or too small");
    }
    return NODES.numberNode(new BigDecimal(text));
  }

  private static JsonNode integer(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }
}
