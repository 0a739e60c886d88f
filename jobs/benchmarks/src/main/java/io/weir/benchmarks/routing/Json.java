package io.weir.benchmarks.routing;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The little JSON that results need. */
final class Json {

  private Json() {}

  static <V> String object(Map<?, V> members, Function<V, String> value) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + value.apply(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
