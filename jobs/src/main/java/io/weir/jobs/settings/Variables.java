package io.weir.jobs.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts environment variables in the place of dollar, brace, name, brace; a doubled dollar stands
 * for one that means nothing. What a variable holds is taken as it is: it may be a secret, and is
 * never looked into nor part of a message.
 */
final class Variables {

  private static final Pattern REFERENCE = Pattern.compile("\\$(\\$\\{|\\{([^}]*)})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final UnaryOperator<@Nullable String> environment;

  Variables(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * The text with every reference replaced.
   *
   * @param mistakes takes what is wrong with a reference
   * @return nothing if anything was wrong
   */
  Optional<String> expand(String text, Consumer<String> mistakes) {
    List<String> found = new ArrayList<>();
    String expanded =
        REFERENCE
            .matcher(text)
            .replaceAll(match -> Matcher.quoteReplacement(replacement(match, found::add)));
    found.forEach(mistakes);
    return found.isEmpty() ? Optional.of(expanded) : Optional.empty();
  }

  private String replacement(MatchResult match, Consumer<String> mistakes) {
    String name = match.group(2);
    if (name == null) {
      return "${";
    }
    if (!NAME.matcher(name).matches()) {
      mistakes.accept("${" + name + "} is no environment variable; write $${ for ${ itself");
      return "";
    }
    String value = environment.apply(name);
    if (value == null) {
      mistakes.accept("the environment variable " + name + " is not set");
      return "";
    }
    return value;
  }
}
