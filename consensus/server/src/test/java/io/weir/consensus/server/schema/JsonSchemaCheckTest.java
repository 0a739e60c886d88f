package io.weir.consensus.server.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.consensus.StoreException.InvalidConfiguration;
import io.weir.consensus.StoreException.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaCheckTest {

  private static final String SCHEMA =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema",
       "type": "object",
       "required": ["rules"],
       "additionalProperties": false,
       "properties": {
         "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
         "name": {"type": "string", "pattern": "^[a-z]+$"},
         "since": {"type": "string", "format": "date-time"},
         "a/b": {"const": 1}},
       "$defs": {"rule": {"type": "object", "properties": {
         "threshold": {"type": "number", "maximum": 10},
         "mode": {"enum": ["a", "b"]}}}}}
      """;

  private final JsonSchemaCheck check = new JsonSchemaCheck();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules: []",
        "{\"rules\": [{\"threshold\": 10}], \"name\": \"abc\"}",
        "{\n  \"rules\":\t[\n    {\"threshold\": 1.5e0}\n  ]\n}",
        "# comment\nrules:\n- &one {threshold: 1, mode: a}\n- *one\n",
        "rules: []\nsince: not a time"
      })
  void takesDocumentsThatSatisfyTheSchema(String document) {
    assertThatCode(() -> check.checkDocument(document, Optional.of(SCHEMA)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rules: [{threshold: 12}] | /rules/0/threshold | maximum | found 12; must have a maximum value of 10",
        "rules: [{}, {mode: c}] | /rules/1/mode | enum | found \"c\"; does not have a value in the enumeration [\"a\", \"b\"]",
        "rules: 3 | /rules | type | found 3; integer found, array expected",
        "name: abc | `` | required | required property 'rules' not found",
        "{rules: [], nme: x} | `` | additionalProperties | property 'nme' is not defined in the schema and the schema does not allow additional properties",
        "{rules: [], name: ab1} | /name | pattern | found \"ab1\"; does not match the regex pattern ^[a-z]+$",
        "{rules: [], a/b: 2} | /a~1b | const | found 2; must be the constant value '1'",
      })
  void namesThePlaceTheRuleAndWhatIsAllowed(
      String document, String pointer, String rule, String message) {
    assertThat(violations(document, SCHEMA)).containsExactly(new Violation(pointer, rule, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a: 1, b: {c: 1, c: 2}} | /b | the key 'c' comes twice; once is allowed",
        "{a: [1, {2: x}]} | /a/1 | the key 2 is not a string; quote it",
        "{a: {[1]: x}} | /a | a key is a collection; keys are strings",
        "{a: .nan} | /a | .nan is no number of JSON, or too large or too small",
        "{a: 1e999} | /a | 1e999 is no number of JSON, or too large or too small",
        "{a: !!binary aGk=} | /a | the tag tag:yaml.org,2002:binary is not allowed",
        "{a: !x {}} | /a | the tag !x is not allowed",
        "&a {b: *a} | /b | the alias *a stands for nothing before it",
        "`` | `` | is empty",
        "`# only a comment` | `` | is empty",
      })
  void refusesYamlThatNoJsonStandsFor(String document, String pointer, String message) {
    assertThat(violations(document, "{}"))
        .containsExactly(new Violation(pointer, "syntax", message));
  }

  @Test
  void namesLineAndColumnOfWhatIsNotYaml() {
    assertThat(violations("a: 1\nb: [1, 2\nc: 3", "{}"))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.rule()).isEqualTo("syntax");
              assertThat(violation.message())
                  .startsWith("not YAML: ")
                  .contains("in line 3, column");
            });
  }

  @Test
  void refusesSeveralDocuments() {
    assertThat(violations("a: 1\n---\nb: 2\n", "{}"))
        .containsExactly(new Violation("", "syntax", "several documents; one is allowed"));
  }

  @Test
  void boundsWhatAliasesStandFor() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(violations(bomb.toString(), "{}"))
        .containsExactly(new Violation("", "syntax", "more than the 200000 values allowed"));
  }

  @Test
  void boundsDepthWithoutRecursion() {
    assertThat(violations("[".repeat(100_000), "{}"))
        .singleElement()
        .satisfies(
            violation ->
                assertThat(violation.message()).isEqualTo("deeper than the 64 levels allowed"));
  }

  @Test
  void givesUpOnPatternsThatBacktrackForEver() {
    assertThat(violations("'" + "a".repeat(60) + "!'", "{\"pattern\": \"^(a+)+$\"}"))
        .singleElement()
        .satisfies(violation -> assertThat(violation.rule()).isEqualTo("pattern"));
  }

  @Test
  void refusesADocumentWhoseSchemaNeverEnds() {
    assertThat(violations("a: 1", "{\"$ref\": \"#\"}"))
        .containsExactly(new Violation("", "$ref", "the schema does not come to an end"));
  }

  @Test
  void listsNoMoreThanTwentyViolations() {
    String document = "rules: [" + "{threshold: 11},".repeat(50) + "]";

    assertThat(violations(document, SCHEMA))
        .hasSize(21)
        .endsWith(new Violation("", "more", "and 30 more"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: objekt} | /type | enum",
        "{properties: {a: {maximum: x}}} | /properties/a/maximum | type",
        "{$ref: 'http://example.org/schema'} | /$ref | $ref",
        "{items: {$ref: other.json}} | /items/$ref | $ref",
        "{$schema: 'http://json-schema.org/draft-07/schema#'} | /$schema | $schema",
        "{pattern: '(a'} | `` | pattern",
        "{$ref: '#/$defs/missing'} | `` | schema",
        "[1] | `` | type",
      })
  void refusesWhatIsNoSchema(String schema, String pointer, String rule) {
    InvalidConfiguration refusal =
        catchThrowableOfType(InvalidConfiguration.class, () -> check.checkSchema(schema));

    assertThat(refusal.violations())
        .anySatisfy(
            violation -> {
              assertThat(violation.pointer()).isEqualTo(pointer);
              assertThat(violation.rule()).isEqualTo(rule);
            });
  }

  @Test
  void checksAgainAgainstTheSameSchemaQuickly() {
    check.checkDocument("rules: []", Optional.of(SCHEMA));
    long started = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      check.checkDocument("rules: []", Optional.of(SCHEMA));
    }

    assertThat(System.nanoTime() - started).isLessThan(2_000_000_000L);
  }

  private List<Violation> violations(String document, String schema) {
    return catchThrowableOfType(
            InvalidConfiguration.class, () -> check.checkDocument(document, Optional.of(schema)))
        .violations();
  }
}
