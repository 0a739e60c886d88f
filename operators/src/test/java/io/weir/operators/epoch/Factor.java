package io.weir.operators.epoch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration of the tests' jobs: what values are multiplied by. */
public record Factor(long factor) {

  /** {@code {"factor": 3}}; negative ones are refused. */
  public enum Type implements ConfigurationType<Factor> {
    INSTANCE;

    private static final Pattern DOCUMENT = Pattern.compile("\\{\"factor\": (-?\\d+)}");

    @Override
    public String schema() {
      return "{\"type\": \"object\", \"required\": [\"factor\"]}";
    }

    @Override
    public Factor decode(String document) throws InvalidConfigurationException {
      Matcher matcher = DOCUMENT.matcher(document);
      if (!matcher.matches()) {
        throw new InvalidConfigurationException("no factor in " + document);
      }
      long factor = Long.parseLong(matcher.group(1));
      if (factor < 0) {
        throw new InvalidConfigurationException("factor is " + factor + "; at least 0 is allowed");
      }
      return new Factor(factor);
    }
  }

  public static String document(long factor) {
    return "{\"factor\": " + factor + "}";
  }
}
