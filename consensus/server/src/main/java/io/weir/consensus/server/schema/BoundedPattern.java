package io.weir.consensus.server.schema;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * A regular expression that gives up. The JDK's engine backtracks, so {@code (a+)+$} on a few dozen
 * characters would occupy a node for years; every step reads a character, and these are counted.
 */
final class BoundedPattern implements RegularExpression {

  private static final int MAX_STEPS = 1_000_000;

  private final Pattern pattern;

  private BoundedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** A match was given up. */
  static final class TooExpensive extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooExpensive(String pattern) {
      super("the pattern " + pattern + " takes more than " + MAX_STEPS + " steps");
    }
  }

  static RegularExpressionFactory factory() {
    return expression -> new BoundedPattern(compile(expression));
  }

  /** ECMA 262, as JSON Schema recommends it: there {@code $} matches at the very end only. */
  private static Pattern compile(String expression) {
    return Pattern.compile(
        RegularExpressions.replaceLongformCharacterProperties(
            RegularExpressions.replaceDollarAnchors(expression)));
  }

  @Override
  public boolean matches(String value) {
    return pattern.matcher(new Counted(value)).find();
  }

  /** A text whose characters can be read so many times. */
  private final class Counted implements CharSequence {
    private final CharSequence text;
    private int steps;

    Counted(CharSequence text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MAX_STEPS) {
        throw new TooExpensive(pattern.pattern());
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
