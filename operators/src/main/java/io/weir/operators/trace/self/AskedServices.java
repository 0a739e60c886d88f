package io.weir.operators.trace.self;

import io.weir.operators.alert.rule.Glob;
import java.util.List;

/**
 * The services whose self times somebody asks for.
 *
 * @param patterns of their names; none: nobody asks
 */
public record AskedServices(List<Glob> patterns) {

  /** Nobody asks. */
  public static final AskedServices NONE = new AskedServices(List.of());

  public AskedServices {
    patterns = List.copyOf(patterns);
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean contains(String service) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(service));
  }
}
