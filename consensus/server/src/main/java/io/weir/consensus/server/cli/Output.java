package io.weir.consensus.server.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code --output}: how results are printed. */
final class Output {

  /** The forms there are. */
  enum Form {
    JSON,
    YAML,
    TABLE
  }

  /** Takes the names in lower case. */
  static final class FormConverter implements ITypeConverter<Form> {
    @Override
    public Form convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "json" -> Form.JSON;
        case "yaml" -> Form.YAML;
        case "table" -> Form.TABLE;
        default ->
            throw new IllegalArgumentException(
                "'" + value + "' is no form of output; allowed are json, yaml and table");
      };
    }
  }

  @Option(
      names = "--output",
      paramLabel = "<form>",
      converter = FormConverter.class,
      description = "json, yaml or table; default: what suits a person.")
  private Optional<Form> form = Optional.empty();

  Printer of(PrintWriter out) {
    return new Printer(out, form);
  }
}
