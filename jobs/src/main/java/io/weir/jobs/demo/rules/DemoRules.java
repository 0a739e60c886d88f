package io.weir.jobs.demo.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The documents that the demo brings along. */
public final class DemoRules {

  private DemoRules() {}

  /** What the analytics job starts with. */
  public static String first() throws IOException {
    return read("first.yaml");
  }

  /** What it goes on with. */
  static String second() throws IOException {
    return read("second.yaml");
  }

  private static String read(String name) throws IOException {
    try (InputStream in = DemoRules.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
